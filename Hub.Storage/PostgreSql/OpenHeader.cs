using Hub.Core.Journal;

namespace Hub.Storage.PostgreSql;

/// <summary>An open message as the committing side knows it: its row in open_messages and what the group does to it.</summary>
internal sealed class OpenHeader
{
    internal required long Id { get; init; }

    internal required int Pipeline { get; init; }

    /// <summary>When it was accepted or last replayed, in ticks.</summary>
    internal required long Since { get; init; }

    /// <summary>Its lane group; only known, and only needed, where it is accepted or arrives.</summary>
    internal int Group { get; init; }

    internal bool HasOutcome { get; set; }

    /// <summary>Where its deliveries go, as numbers; null when that was not read yet.</summary>
    internal int[]? Destinations { get; set; }

    internal int Deliveries { get; set; }

    internal int Pending { get; set; }

    internal int Dead { get; set; }

    /// <summary>Changes of the row since the message was accepted; a row is written only over the version that was read.</summary>
    internal int Version { get; set; }

    /// <summary>The version that is in the table; -1 for a message that this group accepts.</summary>
    internal int Stored { get; set; } = -1;

    /// <summary>Null while open.</summary>
    internal MessageState? Closed { get; set; }

    internal long SettledAt { get; set; }

    /// <summary>Of a dead one whose pipeline failed: the code of the first error.</summary>
    internal string? Code { get; set; }

    /// <summary>The group has it in its list already.</summary>
    internal bool Listed { get; set; }

    /// <summary>Its deliveries that differ from what it says, by their places; null when there is none or they were not read yet.</summary>
    internal Dictionary<int, DeliveryRow>? Rows { get; set; }
}
