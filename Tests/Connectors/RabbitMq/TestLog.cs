using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tests.Connectors.RabbitMq;

/// <summary>Keeps what is logged.</summary>
internal sealed class TestLog : ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public bool Holds(string text) => Lines.Any(l => l.Contains(text, StringComparison.Ordinal));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)}{(exception is null ? "" : " " + exception)}");

    public override string ToString() => string.Join('\n', Lines);
}
