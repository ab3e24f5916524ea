using Hub.Core.Sagas;

namespace Hub.Core.Messaging;

/// <summary>What works on the messages of one endpoint: one saga, or handlers.</summary>
public sealed class EndpointRegistration
{
    private readonly List<Registered> _handlers = [];
    private readonly List<Registered> _sagas = [];
    private readonly List<Registered> _notFound = [];

    internal EndpointRegistration(string name) => Name = name;

    /// <summary><c>system.endpoint</c></summary>
    public string Name { get; }

    internal IReadOnlyList<Registered> Handlers => _handlers;

    internal IReadOnlyList<Registered> Sagas => _sagas;

    internal IReadOnlyList<Registered> NotFound => _notFound;

    internal SagaNotFound WhenNotFound { get; private set; }

    /// <summary>Adds a handler: a class with <see cref="IHandleMessages{T}"/>, for one type of messages or several.</summary>
    public EndpointRegistration Handler<T>()
        where T : class, new() => Handler(static () => new T());

    /// <summary>Adds a handler that is made by <paramref name="create"/>, anew for each message.</summary>
    public EndpointRegistration Handler<T>(Func<T> create)
        where T : class
    {
        _handlers.Add(new Registered(typeof(T), create));
        return this;
    }

    /// <summary>Makes the endpoint that of a saga. Its instances are kept under the endpoint's name.</summary>
    public EndpointRegistration Saga<T>()
        where T : Saga, new() => Saga(static () => new T());

    /// <summary>The same with a saga that is made by <paramref name="create"/>, anew for each message.</summary>
    public EndpointRegistration Saga<T>(Func<T> create)
        where T : Saga
    {
        _sagas.Add(new Registered(typeof(T), create));
        return this;
    }

    /// <summary>Adds what is called when a message finds no saga.</summary>
    public EndpointRegistration OnSagaNotFound<T>()
        where T : class, IHandleSagaNotFound, new() => OnSagaNotFound(static () => new T());

    /// <summary>The same, made by <paramref name="create"/>.</summary>
    public EndpointRegistration OnSagaNotFound<T>(Func<T> create)
        where T : class, IHandleSagaNotFound
    {
        _notFound.Add(new Registered(typeof(T), create));
        return this;
    }

    /// <summary>What becomes of a message that finds no saga when no <see cref="IHandleSagaNotFound"/> is there; default <see cref="SagaNotFound.Dead"/>.</summary>
    public EndpointRegistration OnSagaNotFound(SagaNotFound policy)
    {
        WhenNotFound = policy;
        return this;
    }

    /// <summary>A class and how an instance of it is made.</summary>
    internal sealed record Registered(Type Type, Func<object> Create);
}
