using System.Globalization;
using Hub.Abstractions;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Mappings.Formats;

namespace Hub.Core.Ingress;

/// <summary>The answers that keep nothing.</summary>
internal static class Refusals
{
    private static readonly TimeSpan JournalWait = TimeSpan.FromSeconds(5);

    public static IngressResult Unknown(HubDefinition definition, EndpointName endpoint)
    {
        var known = definition.Endpoints.Where(e => e.Pipelines.Count > 0).Select(e => e.Name.ToString());
        var near = NameSuggestion.Closest(endpoint.ToString(), known);
        return new IngressResult
        {
            Status = IngressStatus.UnknownEndpoint,
            Finding = near is null
                ? Finding.Error("ING702", SourcePosition.None, string.Empty, ("endpoint", endpoint.ToString()))
                : Finding.Error("ING703", SourcePosition.None, string.Empty, ("endpoint", endpoint.ToString()), ("suggestion", near)),
        };
    }

    public static IngressResult Stopped() => new()
    {
        Status = IngressStatus.Unavailable,
        Finding = Finding.Error("ING708", SourcePosition.None),
        RetryAfter = JournalWait,
    };

    public static IngressResult Busy(InFlightRoom room, TimeSpan retryAfter) => new()
    {
        Status = IngressStatus.Busy,
        Finding = Finding.Error("ING704", SourcePosition.None, string.Empty, ("count", Number(room.Count)), ("limit", Number(room.Limit))),
        RetryAfter = retryAfter,
    };

    /// <summary>The journal did not take it: for now, or, when the message itself is at fault, for good.</summary>
    public static IngressResult NotWritten(JournalException error) => error.IsRefusal ? Malformed(error.Finding) : Unavailable(error.Finding);

    public static IngressResult Unavailable(Finding? reason) => new()
    {
        Status = IngressStatus.Unavailable,
        Finding = reason ?? Finding.Error("ING705", SourcePosition.None),
        RetryAfter = JournalWait,
    };

    /// <summary>A payload that cannot be read, or has too many bytes or values; what is nested too deeply is not mended by sending less.</summary>
    public static IngressResult Malformed(Finding finding) => new()
    {
        Status = finding.Code is "LIM520" or "LIM524" or "LIM525" ? IngressStatus.TooLarge : IngressStatus.Malformed,
        Finding = finding,
    };

    public static IngressResult TooLarge(string name, long limit) => new()
    {
        Status = IngressStatus.TooLarge,
        Finding = Finding.Error("ING724", SourcePosition.WholeFile(name), string.Empty, ("limit", Number(limit))),
    };

    /// <summary>The pipeline takes all of a payload or nothing, and had to ask somebody who is away: nothing is known of the payload.</summary>
    public static IngressResult Away(TransientException away) => new()
    {
        Status = IngressStatus.Unavailable,
        Finding = away.Finding,
        RetryAfter = away.RetryAfter ?? JournalWait,
    };

    /// <summary>A payload that a pipeline does not take as a whole, to a sender that is told.</summary>
    public static IngressResult Refused(FileProgress file, string name)
    {
        var findings = FileFindings(file, name);
        return new IngressResult { Status = IngressStatus.Malformed, Finding = findings[0], Findings = findings };
    }

    /// <summary>Why nothing of a file was sent: the sum of it, then what is wrong; at most 21.</summary>
    public static IReadOnlyList<Finding> FileFindings(FileProgress file, string name)
    {
        var at = SourcePosition.WholeFile(name);
        var sum = file.Errors == 0
            ? Finding.Error("DAT377", at)
            : Finding.Error("DAT373", at, string.Empty, ("errors", Number(file.Errors)), ("records", Number(file.Records)), ("mapping", file.Pipeline.Name));
        return [sum, .. file.Findings];
    }

    /// <summary>Why the rest of a file is not accepted, and where it begins.</summary>
    public static Finding RestOfFile(FileProgress file, IRecordReader reader, string name)
    {
        var rules = file.Pipeline.FileRules;
        var reason = rules.StopsAtFirst ? "record: stop"
            : file.Errors > rules.StopAfterErrors ? $"stop_after.errors: {rules.StopAfterErrors}"
            : $"stop_after.percent: {(int)(rules.StopAfterShare!.Value * 100)}";
        var stopped = reader.Offset >= 0 ? $"{reader.At}, byte {Number(reader.Offset)}" : reader.At.ToString();
        return Finding.Error(
            "DAT376", SourcePosition.WholeFile(name), string.Empty,
            ("errors", Number(file.Errors)), ("records", Number(file.Records)), ("reason", reason), ("mapping", file.Pipeline.Name), ("stopped", stopped));
    }

    public static Finding NoRecords(string name) => Finding.Error("ING707", SourcePosition.WholeFile(name));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
