using Hub.Core.Journal;

namespace Hub.Storage.Sqlite;

/// <summary>What deciding about a message takes: the narrow part of its row.</summary>
internal struct MessageHeader
{
    internal long Id;
    internal long Pipeline;
    internal MessageState State;
    internal int Pending;
    internal int Dead;

    /// <summary>Whether one of its deliveries has a row of its own in delivery_states.</summary>
    internal bool Touched;

    /// <summary>The row of its first delivery; the others follow it.</summary>
    internal long First;
    internal int Deliveries;

    /// <summary>Null when its pipeline has yet to run.</summary>
    internal MessageState? Outcome;
}
