namespace Mappings.Xrefs;

/// <summary>A question to the identity map: which id does this thing of one system have in another.</summary>
/// <param name="Entity">What it is, such as <c>account</c>.</param>
/// <param name="From">The system whose id is known.</param>
/// <param name="Id">That id.</param>
/// <param name="To">The system whose id is asked for.</param>
public readonly record struct XrefKey(string Entity, string From, string Id, string To);
