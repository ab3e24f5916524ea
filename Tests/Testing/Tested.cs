using System.Text;
using Mappings.Diagnostics;
using Mappings.Mapping;
using Mappings.Testing;
using Tests.Mapping;

namespace Tests.Testing;

/// <summary>Runs tests of a mapping that are written in a test, and shows what the user would read: one line for each finding.</summary>
internal static class Tested
{
    private const string Contact = """
        mapping: contact
        version: 1
        source: { format: json }
        fields:
          code: id
          name: = first & " " & last
          stage: { from: status, map: { A: open, W: won }, else: lost }
          mobile: { from: mobile, required: false, pattern: "[0-9]+", on_error: drop }
          pin: { from: pin, required: false, secret: true, pattern: "[0-9]+" }
          unit: { from: uom, lookup: uom, required: false }
          amount: { from: amount, type: decimal, required: false }
          on: { expr: $now(), type: date, in: "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", required: false }
          items:
            each: lines
            fields: { no: no, total: = qty * price }
        """;

    /// <summary>The tests of a file for a mapping of contacts; findings of the file, else of its run.</summary>
    public static string Contacts(string tests, params (string Path, string Text)[] samples) => Run(Contact, "tests_for: contact\n" + tests, samples);

    public static string Run(string mapping, string tests, params (string Path, string Text)[] samples)
    {
        var findings = new Findings();
        var definition = MappingFile.Read(Mapped.Root("m.yaml", mapping), findings)!;
        Assert.Equal([], findings.Select(finding => finding.ToString()));
        var file = TestFile.Read(Mapped.Root("m.test.yaml", tests), findings);
        var runner = new TestRunner(definition, Mapped.Context, new Samples(samples));
        if (file is not null) runner.Check(file.Cases, findings);
        if (findings.Count > 0) return string.Join('\n', findings.Select(finding => finding.ToString()));
        return string.Join('\n', runner.Run(file!.Cases).Results.SelectMany(result => result.IsPassed ? ["passed"] : result.Findings.Select(finding => finding + (finding.Mapping is { } at ? $" [{at}]" : string.Empty))));
    }

    public static MappingTestReport Report(string mapping, string tests)
    {
        var definition = MappingFile.Read(Mapped.Root("m.yaml", mapping), [])!;
        return new TestRunner(definition, Mapped.Context, new Samples([])).Run(TestFile.Read(Mapped.Root("m.test.yaml", tests), [])!.Cases);
    }

    private sealed class Samples((string Path, string Text)[] samples) : ISampleFiles
    {
        public byte[]? Read(string path, SourcePosition at, Findings findings)
        {
            foreach (var sample in samples)
            {
                if (sample.Path == path) return Encoding.UTF8.GetBytes(sample.Text);
            }

            findings.Error("TST530", at, string.Empty, ("file", path));
            return null;
        }
    }
}
