using System.Collections;
using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>Values of AMQP headers as text: bytes are UTF-8, times are as NServiceBus has them, tables and arrays are joined.</summary>
internal static class HeaderText
{
    /// <summary>NServiceBus's wire format of a time, in UTC.</summary>
    public const string WireTime = "yyyy-MM-dd HH:mm:ss:ffffff 'Z'";

    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        bool flag => flag ? "True" : "False",
        AmqpTimestamp time => Time(DateTimeOffset.FromUnixTimeSeconds(time.UnixTime)),
        IDictionary<string, object?> table => string.Join(',', table.Select(t => $"{t.Key}={Of(t.Value)}")),
        IList list => string.Join(';', list.Cast<object?>().Select(Of)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static string? Of(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers is { } headers && headers.TryGetValue(name, out var value) ? Of(value) : null;

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString(WireTime, CultureInfo.InvariantCulture);

    /// <summary>A time of the wire as CloudEvents has it; what is no time stays as it was.</summary>
    public static string IsoTime(string wire) =>
        DateTimeOffset.TryParseExact(wire, WireTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
            : wire;
}
