using System.Globalization;
using Mappings.Diagnostics;

namespace Mappings.Formats.Encodings;

/// <summary><c>bad_bytes: replace</c>: counts what became U+FFFD, so that nothing is changed without a word.</summary>
internal sealed class ReplacedBytes(TextEncoding encoding)
{
    private long _count;
    private SourcePosition _first;

    /// <summary>ENC103 with the count and the first place; null when nothing was replaced.</summary>
    public Finding? Warning => _count == 0 ? null : Finding.Warning("ENC103", _first, "", ("count", _count.ToString("N0", CultureInfo.InvariantCulture)), ("encoding", encoding.Display));

    /// <param name="at">Gives the place of the first of them; asked for once.</param>
    public void Add(int count, Func<SourcePosition> at)
    {
        if (count == 0) return;
        if (_count == 0) _first = at();
        _count += count;
    }
}
