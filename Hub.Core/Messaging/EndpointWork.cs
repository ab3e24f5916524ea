using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>What is done with the messages of one endpoint.</summary>
internal abstract class EndpointWork(EndpointName name, IReadOnlyDictionary<string, Type> types, MessagingDefinition definition)
{
    public EndpointName Name { get; } = name;

    public MessagingDefinition Definition { get; } = definition;

    /// <summary>The types it handles, by their names.</summary>
    public IReadOnlyDictionary<string, Type> Types { get; } = types;

    /// <summary>What a message is that names none of the types; null when it is dead then.</summary>
    public Type? DefaultType { get; init; }

    /// <summary>What it is called in steps and findings.</summary>
    public abstract string Title { get; }

    /// <summary>The lane of a message; empty when no order is kept.</summary>
    /// <returns>False when there is none, with the reason.</returns>
    public abstract bool TryKey(IncomingEnvelope incoming, out string key, out Finding? finding);

    /// <summary>Does the work.</summary>
    /// <returns>What is to be committed; null when the message ends without it, with a finding that says why.</returns>
    public abstract Task<WorkResult> RunAsync(IncomingEnvelope incoming, FlowContext flow, CancellationToken cancellationToken);

    /// <summary>Calls a handler; what it throws says whether it is called again, and names it.</summary>
    protected static async Task CallAsync(HandlerContext context, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not HubException && !(error is OperationCanceledException && context.CancellationToken.IsCancellationRequested))
        {
            var place = error.StackTrace?.Split('\n', 2)[0].Trim() ?? string.Empty;
            var finding = Finding.Error(
                "SAG856", SourcePosition.None, string.Empty,
                ("handler", context.Handler), ("exception", error.GetType().Name), ("message", error.Message), ("place", place));
            throw new TransientException(finding, null, error);
        }
    }
}
