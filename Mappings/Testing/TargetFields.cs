using Mappings.Diagnostics;
using Mappings.Mapping;

namespace Mappings.Testing;

/// <summary>The fields a mapping writes, by their path without positions in lists.</summary>
internal sealed class TargetFields
{
    private readonly Dictionary<string, FieldDefinition> _byPath = new(StringComparer.Ordinal);

    public TargetFields(MappingDefinition definition)
    {
        Definition = definition;
        Collect(definition.Fields, string.Empty);
    }

    public MappingDefinition Definition { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyCollection<string> Paths => _byPath.Keys;

    /// <summary>The field at a path such as <c>items[2].no</c>; null when none is written there, or it is copied as a whole.</summary>
    public FieldDefinition? Find(string path) => _byPath.GetValueOrDefault(ExpectedFinding.WithoutPositions(path));

    /// <summary>The fields inside of the one at a path; those of the document for an empty path; null when a value is copied as it is.</summary>
    public IReadOnlyList<FieldDefinition>? Inside(string path) => path.Length == 0 ? Definition.Fields : Find(path)?.Fields;

    /// <summary>Where the mapping says what stands at a path.</summary>
    public SourcePosition? PositionOf(string path)
    {
        for (var at = ExpectedFinding.WithoutPositions(path); at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (_byPath.TryGetValue(at, out var field)) return field.Text?.PositionAt(0) ?? field.At;
        }

        return null;
    }

    public bool IsSecret(string path)
    {
        for (var at = ExpectedFinding.WithoutPositions(path); at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (_byPath.TryGetValue(at, out var field) && field.Rules.IsSecret) return true;
        }

        return false;
    }

    private void Collect(IReadOnlyList<FieldDefinition> fields, string path)
    {
        foreach (var field in fields)
        {
            var own = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            _byPath[own] = field;
            if (field.Fields is { } inner) Collect(inner, own);
        }
    }
}
