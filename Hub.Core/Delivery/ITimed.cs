namespace Hub.Core.Delivery;

/// <summary>Something that waits for a time.</summary>
internal interface ITimed
{
    /// <summary>The time has come; called under the dispatcher's lock.</summary>
    void Due(TimeSpan now);
}
