namespace Hub.Core.Sagas;

/// <summary>The base of a saga's data.</summary>
public abstract class ContainSagaData : IContainSagaData
{
    /// <inheritdoc />
    public virtual Guid Id { get; set; }

    /// <inheritdoc />
    public virtual string? Originator { get; set; }

    /// <inheritdoc />
    public virtual string? OriginalMessageId { get; set; }
}
