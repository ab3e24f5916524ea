using System.Globalization;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions.Syntax;
using Mappings.Mapping.Running;

namespace Mappings.Mapping.Checking;

/// <summary>The names of a document, and what a misspelt one was meant to be: first beside it, then anywhere.</summary>
/// <param name="contract">The contract; null for the target document that checks see.</param>
/// <param name="root">The shape of the document; null when nothing is known.</param>
/// <param name="name">What the document is called in findings.</param>
internal sealed class SourceNames(ContractDefinition? contract, ContractShape? root, string name)
{
    /// <summary>Deeper, a name is no help any more, and a contract could be made to search long.</summary>
    private const int SearchDepth = 8;

    public StaticType Document { get; } = root is null ? StaticType.Unknown with { Path = string.Empty } : StaticType.Of(root, string.Empty);

    /// <summary>How findings call the object that holds a member.</summary>
    public string Holder(StaticType holder) => holder.Path is { Length: > 0 } path ? path : name;

    public void Unknown(ExpressionText text, NameNode node, StaticType holder, ContractShape shape)
    {
        var near = NameSuggestion.Closest(node.Name, shape.Members.Select(m => m.Key));
        var isRoot = ReferenceEquals(shape, root) && contract is not null;
        var elsewhere = near is null && root is not null ? Elsewhere(root, node.Name, string.Empty, 0) : null;

        // A single word that nothing resembles is more likely a text someone meant than a field someone misspelt.
        var isText = near is null && elsewhere is null && contract is not null && text.IsPath && ReferenceEquals(text.Tree, node) | text.Tree is PathNode { Steps.Count: 1 };

        // A step before the mapping may add members to the record, but not inside of what came with it.
        var mayBeAdded = near is null && isRoot && shape.AllowsOtherMembers;
        if (mayBeAdded && !isText && elsewhere is null) return;
        var hint = near is not null ? NameSuggestion.Hint(near) : elsewhere is null ? string.Empty : DiagnosticTexts.Catalog.Render("word.elsewhere", ("path", elsewhere));
        var isInferred = contract is { IsInferred: true };
        if (isInferred && contract!.Root.Samples is { } samples) hint += DiagnosticTexts.Catalog.Render("word.samples", ("seen", samples.Seen.ToString(CultureInfo.InvariantCulture)));
        text.Report(
            mayBeAdded || isInferred ? Severity.Warning : Severity.Error,
            isText ? "MAP202" : "MAP201",
            node,
            ("holder", Holder(holder)),
            ("name", node.Name),
            ("known", ValueRule.Listed([.. shape.Members.Select(m => m.Key)])),
            ("at", Place(shape.At)),
            ("hint", hint));
    }

    /// <summary>The path of a member with exactly this name, the one nearest to the root.</summary>
    private static string? Elsewhere(ContractShape shape, string name, string path, int depth)
    {
        if (depth > SearchDepth) return null;
        foreach (var (member, inner) in shape.Members)
        {
            var at = path.Length == 0 ? member : $"{path}.{member}";
            if (depth > 0 && member == name) return at;
        }

        foreach (var (member, inner) in shape.Members)
        {
            var at = path.Length == 0 ? member : $"{path}.{member}";
            if (Elsewhere(inner, name, at, depth + 1) is { } found) return found;
            if (inner.Items is { } items && Elsewhere(items, name, at + "[]", depth + 1) is { } listed) return listed;
        }

        return null;
    }

    internal static string Place(SourcePosition at) => at.IsNone ? "-" : at.Line == 0 ? at.File : string.Create(CultureInfo.InvariantCulture, $"{at.File}:{at.Line}");

}
