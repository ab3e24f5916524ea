namespace Hub.Core.Operations;

/// <summary>What was given to a mapping.</summary>
/// <param name="Mapping">Its name.</param>
/// <param name="Record">The record, as JSON.</param>
/// <param name="IsPart">True when the record is a part of the message.</param>
/// <param name="IsRefused">True when the mapping refuses the record as it really is.</param>
/// <param name="Xrefs">The ids that the identity map knows now, of those the record asks for: entity, id, and what it becomes.</param>
/// <param name="Unanswered">Paths the mapping reads of answers that the journal does not keep, such as <c>account.code</c>.</param>
public sealed record MappingSample(
    string Mapping, string Record, bool IsPart, bool IsRefused, IReadOnlyList<XrefSample> Xrefs, IReadOnlyList<string> Unanswered);
