namespace Hub.Core.Operations;

/// <summary>What an import into the identity map did.</summary>
/// <param name="Added">Entries that are new.</param>
/// <param name="Changed">Entries that had another target.</param>
/// <param name="Same">Entries that were there as they are.</param>
public sealed record XrefReport(int Added, int Changed, int Same);
