namespace Mappings.Xrefs;

/// <summary>A line of the identity map. It is read in the direction it was written: another one answers the way back.</summary>
/// <param name="Key">The thing and the system that asks.</param>
/// <param name="Target">Its id in <see cref="XrefKey.To"/>.</param>
public sealed record XrefEntry(XrefKey Key, string Target);
