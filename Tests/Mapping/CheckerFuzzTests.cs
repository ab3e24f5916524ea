using System.Text;
using Mappings.Contracts;
using Mappings.Formats;
using Mappings.Mapping;
using Tests.Expressions;

namespace Tests.Mapping;

/// <summary>The checker walks whatever the parser accepts: it never fails, whether the expression makes sense or not.</summary>
public sealed class CheckerFuzzTests
{
    private static readonly ContractDefinition Order = ContractFile.Read(
        Mapped.Root(
            "contract.yaml",
            """
            contract: order
            type: object
            properties:
              Account: { type: object, properties: { Order: { type: array, items: { type: object, properties: { OrderID: { type: string }, Product: { type: array, items: { type: object, properties: { Price: { type: number }, Quantity: { type: integer }, Description: { type: [ object, "null" ] } } } } } } } } }
              Phone: { type: array, items: { type: object, properties: { type: { type: string }, number: { type: string, format: decimal } } } }
              Age: { type: integer }
              foo: { type: array, items: { type: array, items: { type: number } } }
            """),
        [])!;

    [SuiteTheory]
    [InlineData("source: { contract: order }")]
    [InlineData("")]
    public void Expression_OfTheSuite_IsWalked(string head)
    {
        var context = new MappingCompileContext { Contracts = new Dictionary<string, ContractDefinition> { ["order"] = Order } };
        var walked = 0;
        foreach (var expression in SuiteFiles.Cases.Values.Select(c => c.Text).Where(e => e.Length > 0).Distinct())
        {
            // As a block, so that YAML reads every text as it is; texts that YAML cannot hold are not walked.
            var block = string.Join('\n', ("= " + expression).Split('\n').Select(l => "      " + l));
            var yaml = $"mapping: m\nversion: 1\nprofile: full\n{head}\nfields:\n  a:\n    each: |\n{block}\n    fields:\n      b: |\n  {block.Replace("\n", "\n  ", StringComparison.Ordinal)}\n";
            Mapped.Wrong(yaml, context);
            walked++;
        }

        Assert.True(walked > 1000);
    }

    /// <summary>
    /// A contract inferred from the very data of a case that has a result: whatever the checker calls impossible there would be
    /// a false error.
    /// </summary>
    [SuiteTheory]
    [InlineData("T20")]
    [InlineData("T04")]
    public void Expression_ThatHasAResult_IsNotCalledImpossible(string codes)
    {
        var wrong = new List<string>();
        var judged = 0;
        foreach (var test in SuiteFiles.Cases.Values.Where(c => c is { Code: null, Input.Length: > 0 }))
        {
            var inference = new ContractInference();
            inference.Read(new MemoryStream(Encoding.UTF8.GetBytes(test.Input!)), new FormatOptions(), []);
            if (inference.Write("order", listsCodes: false, []) is not { } text || ContractFile.Read(Mapped.Root("contract.yaml", text), []) is not { } contract) continue;
            var context = new MappingCompileContext { Contracts = new Dictionary<string, ContractDefinition> { ["order"] = contract } };
            var block = string.Join('\n', ("= " + test.Text).Split('\n').Select(l => "    " + l));
            judged++;
            wrong.AddRange(Mapped.Wrong($"mapping: m\nversion: 1\nprofile: full\nsource: {{ contract: order }}\nfields:\n  a: |\n{block}\n", context)
                .Where(f => f.Contains($"error {codes}", StringComparison.Ordinal)).Select(f => $"{test.Id}: {f}"));
        }

        Assert.True(judged > 500);
        Assert.Empty(wrong);
    }
}
