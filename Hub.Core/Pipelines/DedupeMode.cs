namespace Hub.Core.Pipelines;

/// <summary>What makes a message a duplicate of an earlier one: <c>dedupe:</c> of a pipeline.</summary>
public enum DedupeMode
{
    /// <summary>The sender's event id (with its source, when it names one), else as <see cref="Content"/>. The default.</summary>
    Event,

    /// <summary>The same key with the same body.</summary>
    Content,

    /// <summary>Each key once.</summary>
    Key,

    /// <summary>Nothing: every message is new.</summary>
    None,

    /// <summary>The same value of an expression.</summary>
    Expression,
}
