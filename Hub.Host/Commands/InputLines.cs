namespace Hub.Host.Commands;

/// <summary>Lines of bytes as they come: a line is handed out as soon as its end is there, so that a program can ask and wait for the answer.</summary>
internal sealed class InputLines(Stream input)
{
    /// <summary>A longer line is passed over; it still counts as one.</summary>
    public const int MaxBytes = 64 << 20;

    private const int Chunk = 64 << 10;

    private byte[] _buffer = new byte[Chunk];
    private int _start;
    private int _end;

    /// <summary>The line without its end; valid until the next one.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    public bool IsTooLong { get; private set; }

    /// <returns>False when there are no more lines.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken stop)
    {
        IsTooLong = false;
        var searched = _start;
        while (true)
        {
            var found = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                IsTooLong |= searched + found - _start > MaxBytes;
                Take(searched + found, searched + found + 1);
                return true;
            }

            IsTooLong |= _end - _start > MaxBytes;
            if (IsTooLong) _start = _end = 0;
            Compact();
            searched = _end;
            var read = await input.ReadAsync(_buffer.AsMemory(_end), stop);
            if (read > 0)
            {
                _end += read;
                continue;
            }

            if (_end == _start) return IsTooLong;
            Take(_end, _end);
            return true;
        }
    }

    private void Take(int lineEnd, int next)
    {
        if (IsTooLong) Line = default;
        else
        {
            if (lineEnd > _start && _buffer[lineEnd - 1] == '\r') lineEnd--;
            Line = _buffer.AsMemory(_start, lineEnd - _start);
        }

        _start = next;
    }

    /// <summary>Makes room behind what was read.</summary>
    private void Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
