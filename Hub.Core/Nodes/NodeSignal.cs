using Mappings.Xrefs;

namespace Hub.Core.Nodes;

/// <summary>What another node's commit tells this one, as soon as it is durable. One may be lost with a connection: then <see cref="Everything"/> follows.</summary>
public sealed record NodeSignal
{
    /// <summary>Anything may have happened.</summary>
    public static NodeSignal Everything { get; } = new() { HandedOver = LaneGroups.All, HasMoves = true, HasLostLetters = true, Xrefs = null };

    /// <summary>Groups in which messages were handed over.</summary>
    public ulong HandedOver { get; init; }

    /// <summary>A node joined or left, or gave groups up.</summary>
    public bool HasMoves { get; init; }

    /// <summary>Dead letters were purged: lanes that were held for them go on.</summary>
    public bool HasLostLetters { get; init; }

    /// <summary>Entries of the identity map that were recorded; null for any.</summary>
    public IReadOnlyList<XrefKey>? Xrefs { get; init; } = [];
}
