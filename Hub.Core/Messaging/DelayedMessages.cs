using System.Globalization;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;

namespace Hub.Core.Messaging;

/// <summary>
/// Messages that are not to leave before a time, sagas' timeouts above all: documents of the hub, in the order of their times,
/// so that any number of them waits without memory and without being in flight. When its time has come, one commit deletes the
/// document and makes it a message. Of several nodes one succeeds; the others are refused and look again.
/// </summary>
internal sealed class DelayedMessages(MessageFlow flow, FlowContext context, TimeSpan? poll) : IAsyncDisposable
{
    private const string Kind = "delayed";
    private const int Page = 200;

    /// <summary>A clock that is put right is noticed within this time.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Dispatcher _dispatcher = context.Dispatcher;
    private Task _work = Task.CompletedTask;
    private DateTimeOffset? _next;
    private bool _working;
    private bool _again;
    private bool _stopped;

    /// <summary>The document of a delayed message.</summary>
    public static WriteStateOperation Write(OutgoingEnvelope envelope, DateTimeOffset due, MessageId id, DateTimeOffset now) =>
        new(Kind, string.Create(CultureInfo.InvariantCulture, $"{due.UtcTicks:D19}-{id}"), 0, DelayedMessage.Write(envelope), now);

    /// <summary>Looks at what waits from before.</summary>
    public void Start()
    {
        lock (_dispatcher.Sync) Look();
    }

    /// <summary>A message was delayed until a time.</summary>
    public void Expect(DateTimeOffset due)
    {
        lock (_dispatcher.Sync)
        {
            if (_next is null || due < _next) Arm(due);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task work;
        lock (_dispatcher.Sync)
        {
            _stopped = true;
            work = _work;
        }

        await work.ConfigureAwait(false);
    }

    private static DateTimeOffset DueOf(StateRecord record) =>
        new(long.Parse(record.Key.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>Under the lock.</summary>
    private void Arm(DateTimeOffset due)
    {
        _next = due;
        var wait = due - context.Clock.GetUtcNow();
        if (wait > s_longest) wait = s_longest;
        _dispatcher.Timers.Schedule(new Alarm(this), _dispatcher.Timers.Now + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero));
    }

    /// <summary>Under the lock.</summary>
    private void Look()
    {
        _again = _working;
        if (_working || _stopped) return;
        _working = true;
        _dispatcher.Pending++;
        _work = Task.Run(WorkAsync);
    }

    private async Task WorkAsync()
    {
        DateTimeOffset? next = null;
        try
        {
            next = await ReleaseAsync().ConfigureAwait(false);
            if (next is null && poll is { } often) next = context.Clock.GetUtcNow() + often;
            else if (next is { } at && poll is { } soon && at > context.Clock.GetUtcNow() + soon) next = context.Clock.GetUtcNow() + soon;
        }
        catch (JournalException error)
        {
            MessagingLog.DelayedWait(context.Logger, error.Finding);
            next = context.Clock.GetUtcNow() + s_pause;
        }
        catch (Exception stopped) when (stopped is ObjectDisposedException or OperationCanceledException)
        {
            // The hub stops; what is due leaves after the next start.
        }
        catch (Exception error)
        {
            MessagingLog.DelayedFailed(context.Logger, error);
            next = context.Clock.GetUtcNow() + s_pause;
        }
        finally
        {
            lock (_dispatcher.Sync)
            {
                _working = false;
                _next = null;
                if (next is { } due && !_stopped) Arm(due);
                if (_again) Look();
                _dispatcher.Pending--;
                _dispatcher.SignalQuiet();
            }
        }
    }

    /// <returns>When the next one is due; null when none waits.</returns>
    private async Task<DateTimeOffset?> ReleaseAsync()
    {
        var after = string.Empty;
        while (true)
        {
            var page = await context.Store.ListStatesAsync(Kind, after, Page, CancellationToken.None).ConfigureAwait(false);
            var due = page.TakeWhile(r => DueOf(r) <= context.Clock.GetUtcNow()).ToList();
            await Task.WhenAll(due.Select(ReleaseAsync)).ConfigureAwait(false);
            if (due.Count < page.Count) return DueOf(page[due.Count]);
            if (page.Count < Page || _stopped) return null;
            after = page[^1].Key;
        }
    }

    private async Task ReleaseAsync(StateRecord record)
    {
        if (DelayedMessage.Read(record.Body.Span) is not { } envelope)
        {
            MessagingLog.DelayedUnreadable(context.Logger, record.Key, "it was not written by this hub");
            return;
        }

        try
        {
            await flow.Outbox.CommitAsync([new WriteStateOperation(Kind, record.Key, record.Version, null, context.Clock.GetUtcNow())], [envelope]).ConfigureAwait(false);
        }
        catch (JournalException taken) when (taken.IsConflict)
        {
            // Another node was first: it is on its way.
        }
    }

    private sealed class Alarm(DelayedMessages messages) : ITimed
    {
        public void Due(TimeSpan now) => messages.Look();
    }
}
