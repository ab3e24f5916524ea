namespace Mappings.Testing;

/// <summary>A message of the journal as it was given to a mapping, fit to be kept.</summary>
/// <param name="Name">The name of the test.</param>
/// <param name="Record">The record, as JSON.</param>
/// <param name="Message">The whole message, as JSON, when the record is a part of it; else null.</param>
/// <param name="File">What <c>$file</c> means, as JSON; null when the message comes from no file with a layout.</param>
/// <param name="Now">The message's time.</param>
/// <param name="Xrefs">The ids it asks for, by entity and id.</param>
/// <param name="Unanswered">Paths of answers that are not known any more, such as <c>account.code</c>: each gets a text in its place.</param>
/// <param name="Error">The code of the error it is dead for; null when it is not.</param>
public sealed record RecordedMessage(
    string Name,
    string Record,
    string? Message,
    string? File,
    DateTimeOffset Now,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Xrefs,
    IReadOnlyList<string> Unanswered,
    string? Error);
