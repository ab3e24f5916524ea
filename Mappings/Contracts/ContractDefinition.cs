using System.Collections.Frozen;
using Mappings.Diagnostics;
using Mappings.Documents;

namespace Mappings.Contracts;

/// <summary>The shape a message must have. Immutable; shared by all threads.</summary>
/// <param name="Name">The name pipelines and mappings use.</param>
/// <param name="File">The file it was read from.</param>
/// <param name="Root">What the whole document may be.</param>
public sealed record ContractDefinition(string Name, string File, ContractShape Root)
{
    /// <summary>How many findings one document gets at most.</summary>
    public const int MaxFindings = 20;

    /// <summary>Made from samples: what it does not list may still exist.</summary>
    public bool IsInferred { get; init; }

    /// <summary>The elements that may be the root of a document, by name; only an XSD has them.</summary>
    public IReadOnlyDictionary<string, ContractShape> Elements { get; init; } = FrozenDictionary<string, ContractShape>.Empty;

    /// <summary>
    /// The shape of one record. In an XSD that is the element the path ends at: by its steps from a root element, else the
    /// global element of the last step's name. Other contracts describe the record itself.
    /// </summary>
    /// <param name="record">The <c>record</c> of an endpoint or mapping, such as <c>/list/item</c>; null for the whole document.</param>
    public ContractShape RootOf(string? record)
    {
        if (record is null || Elements.Count == 0) return Root;
        var steps = record.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (steps.Length == 0) return Root;
        var shape = Elements.GetValueOrDefault(steps[0]);
        foreach (var step in steps.Skip(1)) shape = shape?.Member(step);
        return (shape is { Items: { } item } ? item : shape) ?? Elements.GetValueOrDefault(steps[^1]) ?? Root;
    }

    /// <summary>
    /// Checks a value and everything in it, in time linear in its size. Findings have the codes DAT33x to DAT34x, the
    /// value's place in the input, its path, what was found and what is expected.
    /// </summary>
    /// <param name="inputName">File name of the positions; "message" for a body.</param>
    /// <param name="record">Which part of an XSD the value is; see <see cref="RootOf"/>.</param>
    /// <returns>True when nothing was found.</returns>
    public bool Validate(Tape tape, int node, Findings findings, string inputName = "message", string? record = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(findings);
        return new ContractValidator(tape, findings, inputName).Check(RootOf(record), node);
    }
}
