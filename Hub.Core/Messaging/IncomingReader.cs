using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>Makes of a message of the journal what an endpoint's handlers take.</summary>
internal static class IncomingReader
{
    /// <summary>Reads the message of a run.</summary>
    /// <returns>False with the reason: its type is unknown (SAG851), or its body is another thing (SAG852).</returns>
    public static bool TryRead(PipelineRun run, EndpointWork work, [NotNullWhen(true)] out IncomingEnvelope? incoming, [NotNullWhen(false)] out Finding? finding)
    {
        incoming = null;
        if ((TypeOf(run.Attributes.Type, work) ?? work.DefaultType) is not { } type)
        {
            finding = Finding.Error(
                "SAG851", run.Start, string.Empty, ("type", run.Attributes.Type ?? "(none)"), ("endpoint", work.Name.ToString()), ("known", string.Join(", ", work.Types.Keys.Order(StringComparer.Ordinal))));
            return false;
        }

        var (message, reason, path) = Deserialize(run.Body, type, work);
        if (message is null)
        {
            finding = Finding.Error("SAG852", run.Start, path, ("type", work.Definition.NameOf(type)), ("reason", reason));
            return false;
        }

        finding = null;
        incoming = new IncomingEnvelope(run.Id, run.Body, run.Attributes, Headers.Read(run.Attributes.Headers), message);
        return true;
    }

    private static (object? Message, string Reason, string Path) Deserialize(ReadOnlyMemory<byte> body, Type type, EndpointWork work)
    {
        try
        {
            return (JsonSerializer.Deserialize(body.Span, type, work.Definition.Json), "the body is null", string.Empty);
        }
        catch (JsonException error)
        {
            var place = error.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}: ") : string.Empty;
            return (null, place + error.Message.Split(" Path:")[0], error.Path?.TrimStart('$', '.') ?? string.Empty);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A constructor or a property of the class may throw whatever it likes.
            return (null, error.Message, string.Empty);
        }
    }

    /// <summary>NServiceBus names a message's type and its bases, each with its assembly: <c>A, Assembly; B, Assembly</c>. The first that is known counts.</summary>
    private static Type? TypeOf(string? names, EndpointWork work)
    {
        if (names is null) return null;
        if (work.Types.TryGetValue(names, out var type)) return type;
        foreach (var name in names.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var comma = name.IndexOf(',', StringComparison.Ordinal);
            if (work.Types.TryGetValue(comma < 0 ? name : name[..comma], out type)) return type;
        }

        return null;
    }
}
