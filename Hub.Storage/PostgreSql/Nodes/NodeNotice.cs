using System.Globalization;
using System.Text.Json;
using Hub.Core.Nodes;
using Mappings.Xrefs;

namespace Hub.Storage.PostgreSql.Nodes;

/// <summary>What a commit tells the other nodes: one NOTIFY with one JSON text, at most 8,000 bytes.</summary>
internal sealed record NodeNotice(long Epoch, ulong HandedOver, bool Moves, bool LostLetters, string[][]? Xrefs, bool AnyXref)
{
    private const int MostEntries = 100;
    private const int MostCharacters = 2_500;

    internal bool IsEmpty => HandedOver == 0 && !Moves && !LostLetters && Xrefs is null && !AnyXref;

    /// <summary>The channel of a schema's nodes.</summary>
    internal static string Channel(string schema) => string.Create(CultureInfo.InvariantCulture, $"connectorhub_{schema}");

    internal static NodeNotice Of(long epoch, ulong handedOver, bool moves, bool lostLetters, IReadOnlyList<XrefKey> xrefs)
    {
        var fits = xrefs.Count <= MostEntries && xrefs.Sum(x => x.Entity.Length + x.From.Length + x.Id.Length + x.To.Length) <= MostCharacters;
        return new NodeNotice(epoch, handedOver, moves, lostLetters, fits && xrefs.Count > 0 ? [.. xrefs.Select(x => (string[])[x.Entity, x.From, x.Id, x.To])] : null, !fits);
    }

    internal string Write() => JsonSerializer.Serialize(this);

    /// <returns>Null for a text that no hub wrote: then anything may have happened.</returns>
    internal static NodeNotice? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<NodeNotice>(text);
        }
        catch (JsonException)
        {
            // Somebody else uses the channel.
            return null;
        }
    }

    internal NodeSignal Signal() => new()
    {
        HandedOver = HandedOver,
        HasMoves = Moves,
        HasLostLetters = LostLetters,
        Xrefs = AnyXref ? null : [.. (Xrefs ?? []).Where(x => x.Length == 4).Select(x => new XrefKey(x[0], x[1], x[2], x[3]))],
    };
}
