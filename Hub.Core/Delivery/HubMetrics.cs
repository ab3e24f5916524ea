using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;

namespace Hub.Core.Delivery;

/// <summary>The meter and the activity source "ConnectorHub": counts per pipeline, delivery times per endpoint, and spans that continue the sender's trace.</summary>
public sealed class HubMetrics : IDisposable
{
    public const string Name = "ConnectorHub";

    private readonly Meter _meter = new(Name);
    private readonly ActivitySource _activities = new(Name);
    private readonly Counter<long> _received;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _filtered;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _dead;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;

    public HubMetrics()
    {
        _received = _meter.CreateCounter<long>("hub.messages.received", "{message}", "Messages accepted, duplicates included.");
        _delivered = _meter.CreateCounter<long>("hub.deliveries.delivered", "{delivery}", "Deliveries the target confirmed.");
        _filtered = _meter.CreateCounter<long>("hub.messages.filtered", "{message}", "Messages a step ended on purpose.");
        _duplicates = _meter.CreateCounter<long>("hub.messages.duplicate", "{message}", "Messages that had been accepted before.");
        _dead = _meter.CreateCounter<long>("hub.dead", "{letter}", "Messages and deliveries that were given up.");
        _failures = _meter.CreateCounter<long>("hub.attempts.failed", "{attempt}", "Failed attempts to deliver.");
        _duration = _meter.CreateHistogram<double>("hub.delivery.duration", "s", "How long a successful attempt took.");
    }

    /// <summary>Lets the meter ask for the number of messages in flight.</summary>
    public void ObserveInFlight(Func<int> count) =>
        _meter.CreateObservableGauge("hub.messages.in_flight", count, "{message}", "Messages accepted and not finished.");

    public void Dispose()
    {
        _meter.Dispose();
        _activities.Dispose();
    }

    internal void Received(string pipeline)
    {
        if (_received.Enabled) _received.Add(1, Tag("pipeline", pipeline));
    }

    internal void Filtered(string pipeline)
    {
        if (_filtered.Enabled) _filtered.Add(1, Tag("pipeline", pipeline));
    }

    internal void Duplicate(string pipeline)
    {
        if (_duplicates.Enabled) _duplicates.Add(1, Tag("pipeline", pipeline));
    }

    internal void Dead(string pipeline)
    {
        if (_dead.Enabled) _dead.Add(1, Tag("pipeline", pipeline));
    }

    internal void Delivered(ActiveDelivery delivery, TimeSpan duration)
    {
        if (!_delivered.Enabled && !_duration.Enabled) return;
        var endpoint = Tag("endpoint", delivery.Destination.ToString());
        _delivered.Add(1, Tag("pipeline", delivery.Message.PipelineName), endpoint);
        _duration.Record(duration.TotalSeconds, endpoint);
    }

    internal void Failed(ActiveDelivery delivery, bool dead)
    {
        if (_failures.Enabled) _failures.Add(1, Tag("endpoint", delivery.Destination.ToString()));
        if (dead) Dead(delivery.Message.PipelineName);
    }

    /// <summary>A span for one attempt, under the span the sender named; null when nobody listens.</summary>
    internal Activity? StartSend(OutgoingMessage message, EndpointName destination)
    {
        if (!_activities.HasListeners()) return null;
        ActivityContext.TryParse(message.Attributes.TraceParent, null, isRemote: true, out var parent);
        var activity = _activities.StartActivity("hub.send", ActivityKind.Producer, parent);
        activity?.SetTag("messaging.message.id", message.Id.ToString());
        activity?.SetTag("messaging.destination.name", destination.ToString());
        activity?.SetTag("hub.pipeline", message.Pipeline);
        return activity;
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
