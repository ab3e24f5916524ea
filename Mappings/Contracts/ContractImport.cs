using Mappings.Contracts.Import;
using Mappings.Contracts.Sources;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Contracts;

/// <summary>Writes contract files from descriptions of other kinds: OpenAPI 3 and Swagger 2 in YAML or JSON, JSON Schema, XSD, a CSV header.</summary>
public static class ContractImport
{
    /// <summary>The largest document that is read, in bytes.</summary>
    public const int MaximumBytes = SchemaDocument.MaximumBytes;

    /// <summary>The names of the schemas in a document; none when it is one schema itself.</summary>
    public static IReadOnlyList<string> Names(string file, ReadOnlyMemory<byte> content, Findings findings)
    {
        if (file.EndsWith(".xsd", StringComparison.OrdinalIgnoreCase)) return XsdContract.Read(file, content, findings) is { } elements ? [.. elements.Keys] : [];
        if (file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) return [];
        return SchemaDocument.Read(file, content.Span, findings) is { } root ? [.. SchemaImport.Named(root).Keys] : [];
    }

    /// <param name="schema">Which of the named schemas; null for the only one.</param>
    /// <param name="name">The name of the contract; null to make one of the schema's or the file's.</param>
    /// <param name="findings">Receives what a contract cannot say, as warnings, and what is wrong.</param>
    /// <returns>The contract file, or null when <paramref name="findings"/> received an error.</returns>
    public static string? Write(string file, ReadOnlyMemory<byte> content, string? schema, string? name, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(findings);
        var own = new Findings();
        var draft = Draft(file, content, schema, own, out var found);
        findings.AddRange(own);
        if (draft is null || own.HasErrors) return null;
        var comment = $"made from {Path.GetFileName(file)}{(found.Length == 0 ? string.Empty : $", schema {found}")}";
        return ContractYaml.Write(name ?? NameOf(found.Length == 0 ? Path.GetFileNameWithoutExtension(file) : found), draft, isInferred: false, comment);
    }

    /// <summary>Every named schema of a document, which is read once.</summary>
    public static IEnumerable<(string Name, string? Contract, Findings Findings)> WriteAll(string file, ReadOnlyMemory<byte> content)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (SchemaDocument.Read(file, content.Span, []) is not { } root) yield break;
        foreach (var (name, schema) in SchemaImport.Named(root))
        {
            var findings = new Findings();
            var draft = new SchemaImport(file, root, findings).Import(schema);
            yield return (name, findings.HasErrors ? null : ContractYaml.Write(NameOf(name), draft, isInferred: false, $"made from {Path.GetFileName(file)}, schema {name}"), findings);
        }
    }

    private static ContractDraft? Draft(string file, ReadOnlyMemory<byte> content, string? schema, Findings findings, out string found)
    {
        found = string.Empty;
        if (file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) return CsvContract.Header(file, content, findings);
        if (file.EndsWith(".xsd", StringComparison.OrdinalIgnoreCase))
        {
            if (XsdContract.Read(file, content, findings) is not { } elements) return null;
            found = schema ?? XsdContract.RootOf(elements, Path.GetFileNameWithoutExtension(file));
            return elements.TryGetValue(found, out var element) ? element : Unknown(found, elements.Keys, file, findings);
        }

        if (SchemaDocument.Read(file, content.Span, findings) is not { } root) return null;
        var named = SchemaImport.Named(root);
        var import = new SchemaImport(file, root, findings);
        if (schema is not null)
        {
            found = schema;
            return named.TryGetValue(schema, out var chosen) ? import.Import(chosen) : Unknown(schema, named.Keys, file, findings);
        }

        if (IsSchema(root)) return import.Import(root);
        if (named.Count == 1)
        {
            found = named.GetAt(0).Key;
            return import.Import(named.GetAt(0).Value);
        }

        if (named.Count == 0) findings.Error("MAP252", SourcePosition.WholeFile(file));
        else findings.Error("MAP257", SourcePosition.WholeFile(file), "", ("count", $"{named.Count}"), ("known", Listed(named.Keys)));
        return null;
    }

    private static bool IsSchema(SchemaNode root) =>
        root["openapi"] is null && root["swagger"] is null && (root["type"] ?? root["properties"] ?? root["$ref"] ?? root["allOf"] ?? root["oneOf"] ?? root["anyOf"] ?? root["enum"]) is not null;

    private static ContractDraft? Unknown(string name, IEnumerable<string> known, string file, Findings findings)
    {
        var near = NameSuggestion.Closest(name, known);
        findings.Error("MAP253", SourcePosition.WholeFile(file), "", ("name", name), ("known", Listed(known)), ("hint", NameSuggestion.Hint(near)));
        return null;
    }

    private static string Listed(IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.OrdinalIgnoreCase).ToList();
        return all.Count == 0 ? "-" : string.Join(", ", all.Take(60)) + (all.Count > 60 ? ", …" : string.Empty);
    }

    /// <summary>A name as our files allow it: letters, digits, <c>-</c> and <c>_</c>, beginning with a letter.</summary>
    internal static string NameOf(string text)
    {
        var name = string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-', '_');
        return NameRule.IsName(name) ? name : NameRule.IsName("c-" + name) ? "c-" + name : "contract";
    }
}
