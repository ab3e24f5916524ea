using System.Linq.Expressions;

namespace Hub.Core.Sagas;

/// <summary>How messages find a saga.</summary>
public sealed class SagaPropertyMapper<TSagaData>
    where TSagaData : class, IContainSagaData
{
    private readonly SagaCorrelation _correlation;

    internal SagaPropertyMapper(SagaCorrelation correlation) => _correlation = correlation;

    /// <summary>The property of the data by which the saga is found: one for all messages.</summary>
    public CorrelatedSagaPropertyMapper<TSagaData> MapSaga(Expression<Func<TSagaData, object?>> sagaProperty)
    {
        ArgumentNullException.ThrowIfNull(sagaProperty);
        _correlation.ToSaga(sagaProperty);
        return new CorrelatedSagaPropertyMapper<TSagaData>(_correlation);
    }

    /// <summary>The older form: <c>mapper.ConfigureMapping&lt;StartOrder&gt;(message => message.OrderId).ToSaga(saga => saga.OrderId)</c>.</summary>
    public ToSagaExpression<TSagaData, TMessage> ConfigureMapping<TMessage>(Expression<Func<TMessage, object?>> messageProperty)
    {
        ArgumentNullException.ThrowIfNull(messageProperty);
        return new ToSagaExpression<TSagaData, TMessage>(_correlation, messageProperty);
    }
}
