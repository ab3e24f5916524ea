using System.Linq.Expressions;

namespace Hub.Core.Sagas;

/// <summary>The second half of <see cref="SagaPropertyMapper{TSagaData}.ConfigureMapping{TMessage}"/>.</summary>
public sealed class ToSagaExpression<TSagaData, TMessage>
    where TSagaData : class, IContainSagaData
{
    private readonly SagaCorrelation _correlation;
    private readonly Expression<Func<TMessage, object?>> _message;

    internal ToSagaExpression(SagaCorrelation correlation, Expression<Func<TMessage, object?>> message)
    {
        _correlation = correlation;
        _message = message;
    }

    /// <summary>The property of the data: the same for all messages.</summary>
    public void ToSaga(Expression<Func<TSagaData, object?>> sagaProperty)
    {
        ArgumentNullException.ThrowIfNull(sagaProperty);
        _correlation.ToSaga(sagaProperty);
        _correlation.ToMessage(_message);
    }
}
