using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Core.Schedules;

/// <summary>What the cluster knows of a schedule: a document of the hub, whose version is the lease.</summary>
internal sealed record ScheduleState
{
    public const string Kind = "schedule";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>All times up to this one are done, or were let go.</summary>
    public required DateTimeOffset Watermark { get; init; }

    /// <summary>The time that is worked on; null when none is.</summary>
    public DateTimeOffset? Current { get; init; }

    /// <summary>Who works on it; null when nobody does, because an attempt failed or its node stopped.</summary>
    public string? Owner { get; init; }

    /// <summary>Attempts at the current time.</summary>
    public int Attempts { get; init; }

    /// <summary>The next attempt is not before this time.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; init; }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);

    /// <summary>Reads what <see cref="Write"/> wrote; null when it is something else.</summary>
    public static ScheduleState? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ScheduleState>(json, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
