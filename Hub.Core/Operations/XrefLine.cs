using Mappings.Xrefs;

namespace Hub.Core.Operations;

/// <summary>A line of the identity map.</summary>
/// <param name="Entity">What it is.</param>
/// <param name="From">The system whose id is known.</param>
/// <param name="Id">That id.</param>
/// <param name="To">The other system.</param>
/// <param name="Target">The id there.</param>
public sealed record XrefLine(string Entity, string From, string Id, string To, string Target)
{
    /// <summary>Characters of one column, at most: these are names and ids, not contents.</summary>
    public const int MaximumLength = 500;

    public static XrefLine Of(XrefEntry entry) => new(entry.Key.Entity, entry.Key.From, entry.Key.Id, entry.Key.To, entry.Target);

    public XrefEntry ToEntry() => new(new XrefKey(Entity, From, Id, To), Target);

    /// <summary>Every column has a text of a fitting length.</summary>
    public bool IsValid() => Array.TrueForAll([Entity, From, Id, To, Target], text => text is { Length: > 0 and <= MaximumLength });
}
