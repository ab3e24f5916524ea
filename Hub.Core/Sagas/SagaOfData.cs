namespace Hub.Core.Sagas;

/// <summary>
/// Work that takes many messages and much time. Its messages are worked on one at a time for each instance; its data, and
/// what it sends, are durable in the commit of the message or not at all. An instance is made for each message.
/// </summary>
/// <typeparam name="TSagaData">What it remembers, written as JSON.</typeparam>
public abstract class Saga<TSagaData> : Saga
    where TSagaData : class, IContainSagaData, new()
{
    /// <summary>What this instance remembers.</summary>
    public TSagaData Data { get; set; } = new();

    internal sealed override Type DataType => typeof(TSagaData);

    internal sealed override IContainSagaData Entity
    {
        get => Data;
        set => Data = (TSagaData)value;
    }

    /// <summary>Says which property of a message finds which property of the data: <c>mapper.MapSaga(saga => saga.OrderId).ToMessage&lt;StartOrder&gt;(message => message.OrderId)</c>.</summary>
    protected abstract void ConfigureHowToFindSaga(SagaPropertyMapper<TSagaData> mapper);

    internal sealed override SagaCorrelation Correlate()
    {
        var correlation = new SagaCorrelation();
        ConfigureHowToFindSaga(new SagaPropertyMapper<TSagaData>(correlation));
        return correlation;
    }
}
