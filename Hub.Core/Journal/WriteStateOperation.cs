using System.Text;

namespace Hub.Core.Journal;

/// <summary>
/// Writes or deletes a document of the hub, if it still is what its writer read. A version that differs refuses the unit
/// with JRN813 (<see cref="JournalException.IsConflict"/>): nothing that was committed together with it is applied.
/// </summary>
public sealed class WriteStateOperation : JournalOperation
{
    /// <summary>The longest kind and the longest key, in bytes of UTF-8.</summary>
    public const int LongestKey = 1000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="kind">What the document is about; 1 to <see cref="LongestKey"/> bytes.</param>
    /// <param name="key">Unique within its kind; 1 to <see cref="LongestKey"/> bytes.</param>
    /// <param name="expected">0: it must not exist. Else: it must have exactly this version.</param>
    /// <param name="body">Null deletes it.</param>
    /// <param name="at">When.</param>
    /// <exception cref="ArgumentException">A kind or key is empty, too long or has no UTF-8 form, the version is negative, or what must not exist is to be deleted.</exception>
    public WriteStateOperation(string kind, string key, long expected, ReadOnlyMemory<byte>? body, DateTimeOffset at)
    {
        Check(kind, nameof(kind));
        Check(key, nameof(key));
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        if (expected == 0 && body is null) throw new ArgumentException("What must not exist cannot be deleted.", nameof(body));
        Kind = kind;
        Key = key;
        Expected = expected;
        Body = body;
        At = at;
    }

    public string Kind { get; }

    public string Key { get; }

    public long Expected { get; }

    public ReadOnlyMemory<byte>? Body { get; }

    public DateTimeOffset At { get; }

    /// <summary>Result: the version it has now; 0 when it is deleted.</summary>
    public long Version { get; set; }

    public override int Size => 128 + Key.Length + (Body?.Length ?? 0);

    private static void Check(string text, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, name);
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A zero character cannot be kept.", name);
        int length;
        try
        {
            length = Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException("Half of a surrogate pair has no UTF-8 form.", name, exception);
        }

        if (length > LongestKey) throw new ArgumentException($"It has {length} bytes; {LongestKey} is the most.", name);
    }
}
