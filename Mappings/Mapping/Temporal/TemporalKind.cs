namespace Mappings.Mapping.Temporal;

/// <summary>The types of a mapping that tell time.</summary>
public enum TemporalKind
{
    /// <summary>A day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A day and a time of day as the clock on the wall shows them, without an offset.</summary>
    DateTime,

    /// <summary>A moment: day, time of day, and offset from UTC.</summary>
    Instant,
}
