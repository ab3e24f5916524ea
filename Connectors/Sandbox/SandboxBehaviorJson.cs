using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Connectors.Sandbox;

/// <summary>A behaviour as the REST face writes and reads it: <c>{ "latency_ms": 0, "fail_percent": 0, "down": false }</c>.</summary>
internal static class SandboxBehaviorJson
{
    private const double LongestLatency = 600_000;

    public static object From(SandboxBehavior behavior) => new { latency_ms = behavior.Latency.TotalMilliseconds, fail_percent = behavior.Fail * 100, down = behavior.Down };

    public static IResult Result(SandboxBehavior behavior) => TypedResults.Json(From(behavior));

    /// <returns>The behaviour with what the body names changed; null when the body names something else.</returns>
    public static SandboxBehavior? TryRead(ReadOnlyMemory<byte> body, SandboxBehavior now)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 });
        if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var value = member.Value;
            var next = member.Name switch
            {
                "latency_ms" when Number(value) is >= 0 and <= LongestLatency and { } latency => now with { Latency = TimeSpan.FromMilliseconds(latency) },
                "fail_percent" when Number(value) is >= 0 and <= 100 and { } fail => now with { Fail = fail / 100 },
                "down" when value.ValueKind is JsonValueKind.True or JsonValueKind.False => now with { Down = value.GetBoolean() },
                _ => null,
            };
            if (next is null) return null;
            now = next;
        }

        return now;
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;
}
