namespace Hub.Core.Configuration;

/// <summary>Which payloads of an endpoint are kept apart from their message: <c>claim_check:</c>.</summary>
/// <param name="Over">Payloads of more bytes are.</param>
/// <param name="Max">Payloads of more bytes are refused.</param>
/// <param name="Fields">Members that are picked from the payload's head, with dots between names.</param>
public sealed record ClaimCheckConfig(long Over, long Max, IReadOnlyList<string> Fields);
