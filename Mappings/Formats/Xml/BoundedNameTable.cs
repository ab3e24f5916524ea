using System.Globalization;
using System.Xml;
using Mappings.Diagnostics;

namespace Mappings.Formats.Xml;

/// <summary>The parser keeps every name it meets for as long as it reads; a file of ever new names must not fill the memory.</summary>
internal sealed class BoundedNameTable(string file) : NameTable
{
    private const int MaxNames = 50_000;
    private int _count;

    public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

    private string Counted(string name) =>
        ++_count <= MaxNames
            ? name
            : throw new TooManyNamesException(Finding.Error("LIM526", SourcePosition.WholeFile(file), "", ("limit", MaxNames.ToString("N0", CultureInfo.InvariantCulture))));
}
