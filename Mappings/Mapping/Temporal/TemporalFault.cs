namespace Mappings.Mapping.Temporal;

/// <summary>Why a text is no date or time: a finding's code and its arguments.</summary>
internal sealed record TemporalFault(string Code, params (string Name, string Value)[] Arguments);
