using System.Linq.Expressions;

namespace Hub.Core.Sagas;

/// <summary>Which messages find the saga by its property.</summary>
public sealed class CorrelatedSagaPropertyMapper<TSagaData>
    where TSagaData : class, IContainSagaData
{
    private readonly SagaCorrelation _correlation;

    internal CorrelatedSagaPropertyMapper(SagaCorrelation correlation) => _correlation = correlation;

    /// <summary>A message of this type finds the saga whose property has the value of the message's.</summary>
    public CorrelatedSagaPropertyMapper<TSagaData> ToMessage<TMessage>(Expression<Func<TMessage, object?>> messageProperty)
    {
        ArgumentNullException.ThrowIfNull(messageProperty);
        _correlation.ToMessage(messageProperty);
        return this;
    }
}
