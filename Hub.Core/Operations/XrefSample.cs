namespace Hub.Core.Operations;

/// <summary>An id and what it is in another system.</summary>
public sealed record XrefSample(string Entity, string Id, string Target);
