using Mappings.Expressions;
using Mappings.Mapping;
using Mappings.Mapping.Tracing;

namespace Mappings.Testing;

/// <summary>Which fields of a mapping the tests have written with a value. An object or a list of objects counts by the fields in it.</summary>
internal sealed class Coverage
{
    private readonly IReadOnlyList<FieldDefinition> _fields;
    private readonly List<string> _all = [];
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly List<string> _ways = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public Coverage(MappingDefinition definition)
    {
        _fields = definition.Fields;
        Collect(_fields);
    }

    public int Fields => _all.Count;

    public IReadOnlyList<string> NeverWritten => [.. _all.Where(path => !_written.Contains(path))];

    /// <summary>The <c>else</c> and <c>default</c> of fields that no test has come to.</summary>
    public IReadOnlyList<string> NeverTaken => [.. _ways.Where(way => !_taken.Contains(way))];

    public void Add(in Value document) => Visit(_fields, document);

    public void Add(MappingTrace trace)
    {
        foreach (var field in trace.Fields)
        {
            foreach (var note in field.Notes.Where(note => note.Key is "trace.else" or "trace.default")) _taken.Add(Way(ExpectedFinding.WithoutPositions(field.Path), note.Key["trace.".Length..]));
        }
    }

    private void Collect(IReadOnlyList<FieldDefinition> fields)
    {
        foreach (var field in fields)
        {
            if (field.Fields is { } inner) Collect(inner);
            else _all.Add(field.Path);
            var path = ExpectedFinding.WithoutPositions(field.Path);
            if (field.Rules.Else is not null) _ways.Add(Way(path, "else"));
            if (field.Rules.Default is not null) _ways.Add(Way(path, "default"));
        }
    }

    private static string Way(string path, string word) => $"{path} ({word})";

    private void Visit(IReadOnlyList<FieldDefinition> fields, in Value document)
    {
        foreach (var field in fields)
        {
            var value = document.Member(field.Name);
            if (field.Fields is { } inner)
            {
                foreach (var item in value.Items()) Visit(inner, item);
            }
            else if (!value.IsMissing && !value.IsNull && (!value.IsArray || value.Count > 0)) _written.Add(field.Path);
        }
    }
}
