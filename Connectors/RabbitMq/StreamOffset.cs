using System.Globalization;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>Where reading of a stream begins, as <c>x-stream-offset</c> takes it.</summary>
internal static class StreamOffset
{
    public const string Argument = "x-stream-offset";

    /// <summary><c>first</c>, <c>last</c>, <c>next</c>, a number, or a time.</summary>
    public static bool TryParse(string text, out object? offset)
    {
        offset = text is "first" or "last" or "next" ? text
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? new AmqpTimestamp(time.ToUnixTimeSeconds())
            : null;
        return offset is not null;
    }

    /// <summary>The offset the broker wrote on a message; null when it is no message of a stream.</summary>
    public static long? Of(IReadOnlyBasicProperties properties) =>
        properties.Headers is { } headers && headers.TryGetValue(Argument, out var value) && value is long offset ? offset : null;
}
