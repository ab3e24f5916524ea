namespace Hub.Core.Schedules;

/// <summary>What becomes of the times of a schedule at which no node of the hub was there.</summary>
public enum CatchUp
{
    /// <summary>The last of them is made up for: for work that covers what the others would have done.</summary>
    Last,

    /// <summary>Each of them is made up for, one after the other, before the next one.</summary>
    All,

    /// <summary>They are let go.</summary>
    None,
}
