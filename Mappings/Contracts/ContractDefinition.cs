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

    /// <summary>
    /// Checks a value and everything in it, in time linear in its size. Findings have the codes DAT33x to DAT34x, the
    /// value's place in the input, its path, what was found and what is expected.
    /// </summary>
    /// <param name="inputName">File name of the positions; "message" for a body.</param>
    /// <returns>True when nothing was found.</returns>
    public bool Validate(Tape tape, int node, Findings findings, string inputName = "message")
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(findings);
        return new ContractValidator(tape, findings, inputName).Check(Root, node);
    }
}
