using System.Text;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Lookups;

namespace Mappings.Mapping.Running;

/// <summary><c>$table(name, key)</c>: what a lookup table makes of a key. Without a key there is no value; a key without an entry is an error.</summary>
internal static class TableFunction
{
    public const string Name = "table";

    public static HostFunction Create(IReadOnlyDictionary<string, LookupTable> tables) => new(Name, 2, (_, arguments) =>
    {
        var name = arguments[0].AsText() ?? string.Empty;
        if (!tables.TryGetValue(name, out var table))
        {
            throw new MappingException(Finding.Error("LKP402", SourcePosition.None, string.Empty, ("found", ShownValue.Of(arguments[0])), ("hint", NameSuggestion.Hint(NameSuggestion.Closest(name, tables.Keys)))));
        }

        if (arguments[1].IsMissing || arguments[1].IsNull) return Value.Missing;
        if (arguments[1].AsText() is not { } key) throw Miss(table, arguments[1], null);
        var value = arguments[1].TryGetUtf8(out var utf8) ? table.Find(utf8) : table.Find(Encoding.UTF8.GetBytes(key));
        return value.IsMissing ? throw Miss(table, arguments[1], table.Nearest(key)) : value;
    });

    private static MappingException Miss(LookupTable table, in Value key, string? near) =>
        new(Finding.Error("LKP401", SourcePosition.None, string.Empty, ("found", ShownValue.Of(key)), ("table", table.Name), ("hint", NameSuggestion.Hint(near))));
}
