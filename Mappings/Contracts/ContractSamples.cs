namespace Mappings.Contracts;

/// <summary>What was counted when a contract was inferred.</summary>
/// <param name="Seen">Places where the value could have stood.</param>
/// <param name="Absent">Those where it did not.</param>
public sealed record ContractSamples(long Seen, long Absent);
