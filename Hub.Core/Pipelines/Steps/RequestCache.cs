namespace Hub.Core.Pipelines.Steps;

/// <summary>
/// Answers of one enrich step by question. An answer is used for a fixed time; when the cache is full the oldest goes.
/// Whoever asks the same while a question is under way waits for that answer. "There is none" is not kept: the record
/// may come with the next message.
/// </summary>
internal sealed class RequestCache(TimeProvider clock, TimeSpan age, int maximumEntries = 10_000, long maximumBytes = 64L << 20)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _byAge = new();
    private readonly Dictionary<string, Task<ReadOnlyMemory<byte>?>> _underWay = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Answers held now.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>An answer that is not too old.</summary>
    public bool TryGet(string question, out ReadOnlyMemory<byte> answer)
    {
        lock (_gate) return Fresh(question, out answer);
    }

    /// <summary>The answer from the cache, from someone who is asking already, or from <paramref name="ask"/>.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(
        string question, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource<ReadOnlyMemory<byte>?>? own = null;
            Task<ReadOnlyMemory<byte>?>? underWay;
            lock (_gate)
            {
                if (Fresh(question, out var answer)) return answer;
                if (!_underWay.TryGetValue(question, out underWay))
                {
                    own = new TaskCompletionSource<ReadOnlyMemory<byte>?>(TaskCreationOptions.RunContinuationsAsynchronously);
                    underWay = own.Task;
                    _underWay.Add(question, underWay);
                }
            }

            if (own is not null) return await AskAsync(question, own, ask, cancellationToken).ConfigureAwait(false);
            try
            {
                return await underWay.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Only the one who asked was stopped; this caller still wants to know and asks by itself.
            }
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> AskAsync(
        string question, TaskCompletionSource<ReadOnlyMemory<byte>?> own, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ask(cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _underWay.Remove(question);
                if (answer is { } found) Add(question, found);
            }

            own.SetResult(answer);
            return answer;
        }
        catch (Exception failure)
        {
            lock (_gate) _underWay.Remove(question);
            if (failure is OperationCanceledException) own.SetCanceled(CancellationToken.None);
            else own.SetException(failure);

            // With nobody waiting, the runtime would report the failure as unobserved; the caller gets it here.
            _ = own.Task.Exception;
            throw;
        }
    }

    private bool Fresh(string question, out ReadOnlyMemory<byte> answer)
    {
        answer = default;
        if (!_entries.TryGetValue(question, out var entry) || clock.GetElapsedTime(entry.Since) >= age) return false;
        answer = entry.Answer;
        return true;
    }

    private void Add(string question, ReadOnlyMemory<byte> answer)
    {
        var entry = new Entry(question, answer, clock.GetTimestamp());
        if (entry.Size > maximumBytes) return;
        if (_entries.Remove(question, out var old)) _bytes -= old.Size;
        _entries.Add(question, entry);
        _byAge.Enqueue(entry);
        _bytes += entry.Size;
        while (_byAge.TryPeek(out var oldest) && (_entries.Count > maximumEntries || _bytes > maximumBytes || IsGone(oldest)))
        {
            _byAge.Dequeue();
            if (!IsCurrent(oldest)) continue;
            _entries.Remove(oldest.Question);
            _bytes -= oldest.Size;
        }
    }

    private bool IsCurrent(Entry entry) => _entries.TryGetValue(entry.Question, out var current) && ReferenceEquals(current, entry);

    private bool IsGone(Entry entry) => !IsCurrent(entry) || clock.GetElapsedTime(entry.Since) >= age;

    private sealed record Entry(string Question, ReadOnlyMemory<byte> Answer, long Since)
    {
        public long Size => Answer.Length + (2L * Question.Length) + 128;
    }
}
