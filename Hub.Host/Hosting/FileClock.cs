using System.Globalization;

namespace Hub.Host.Hosting;

/// <summary>
/// A wall clock that a file moves: it holds the milliseconds by which the clock is ahead (or, negative, behind), and is looked
/// at a few times a second. For tests of what a jump of the clock does; monotonic time and timers stay as they are.
/// </summary>
internal sealed class FileClock : TimeProvider, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly string _file;
    private readonly ITimer _timer;
    private long _milliseconds;

    public FileClock(TimeProvider clock, string file)
    {
        _clock = clock;
        _file = file;
        Read();
        _timer = clock.CreateTimer(_ => Read(), null, Look, Look);
    }

    public override TimeZoneInfo LocalTimeZone => _clock.LocalTimeZone;

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow().AddMilliseconds(Volatile.Read(ref _milliseconds));

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _clock.CreateTimer(callback, state, dueTime, period);

    public void Dispose() => _timer.Dispose();

    private void Read()
    {
        try
        {
            // A file that is just being written is read again at the next look.
            if (long.TryParse(File.ReadAllText(_file), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)) Volatile.Write(ref _milliseconds, milliseconds);
        }
        catch (IOException)
        {
            // No file, or it is being replaced: the clock stays as it is.
        }
    }
}
