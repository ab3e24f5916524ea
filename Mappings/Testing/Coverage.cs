using Mappings.Expressions;
using Mappings.Mapping;

namespace Mappings.Testing;

/// <summary>Which fields of a mapping the tests have written with a value. An object or a list of objects counts by the fields in it.</summary>
internal sealed class Coverage
{
    private readonly IReadOnlyList<FieldDefinition> _fields;
    private readonly List<string> _all = [];
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    public Coverage(MappingDefinition definition)
    {
        _fields = definition.Fields;
        Collect(_fields);
    }

    public int Fields => _all.Count;

    public IReadOnlyList<string> NeverWritten => [.. _all.Where(path => !_written.Contains(path))];

    public void Add(in Value document) => Visit(_fields, document);

    private void Collect(IReadOnlyList<FieldDefinition> fields)
    {
        foreach (var field in fields)
        {
            if (field.Fields is { } inner) Collect(inner);
            else _all.Add(field.Path);
        }
    }

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
