using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>Handlers without memory: all that handle a message's type are called one after the other, and end together or not at all.</summary>
internal sealed class HandlersWork(
    EndpointName name, IReadOnlyDictionary<string, Type> types, MessagingDefinition definition,
    IReadOnlyList<(EndpointRegistration.Registered Class, MessageHandler Handler)> handlers)
    : EndpointWork(name, types, definition)
{
    public override string Title { get; } = string.Join(", ", handlers.Select(h => h.Class.Type.Name).Distinct(StringComparer.Ordinal));

    public override bool TryKey(IncomingEnvelope incoming, out string key, out Finding? finding)
    {
        key = string.Empty;
        finding = null;
        return true;
    }

    public override async Task<WorkResult> RunAsync(IncomingEnvelope incoming, FlowContext flow, CancellationToken cancellationToken)
    {
        var context = new HandlerContext(incoming, Name, string.Empty, isSaga: false, Definition, flow.Clock, cancellationToken);
        foreach (var (registered, handler) in handlers)
        {
            if (handler.Message != incoming.Message.GetType()) continue;
            context.Handler = registered.Type.Name;
            await CallAsync(context, () => handler.Invoke(registered.Create(), incoming.Message, context)).ConfigureAwait(false);
        }

        return WorkResult.Done(new HandlerEffects([], context.Outgoing), context.Warnings);
    }
}
