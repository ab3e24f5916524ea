namespace Mappings.Mapping.Files;

/// <summary>What a mapping says about a file of many records as a whole; the keys <c>mode</c>, <c>on_error</c> and <c>checks</c> with <c>scope: file</c>.</summary>
public sealed record FileRules
{
    /// <summary>Every record is for itself.</summary>
    public static FileRules None { get; } = new();

    /// <summary>Nothing of a file is accepted before all of it has passed.</summary>
    public bool IsAllOrNothing { get; init; }

    /// <summary>The first bad record ends the file.</summary>
    public bool StopsAtFirst { get; init; }

    /// <summary>More bad records than this end the file; null when there is no such limit.</summary>
    public int? StopAfterErrors { get; init; }

    /// <summary>A greater share of bad records than this (20% is 0.2) ends the file, from the hundredth record on; null when there is no such limit.</summary>
    public decimal? StopAfterShare { get; init; }

    public bool IsNone => this == None;

    /// <summary>Whether the file has to end here.</summary>
    /// <param name="errors">Bad records so far.</param>
    /// <param name="records">All records so far.</param>
    public bool Stops(long errors, long records)
    {
        if (errors == 0) return false;
        if (StopsAtFirst || errors > StopAfterErrors) return true;

        // A share of a few records says nothing about a file: one bad record of three would end it.
        return StopAfterShare is { } share && records >= EnoughForAShare && errors > share * records;
    }

    private const int EnoughForAShare = 100;
}
