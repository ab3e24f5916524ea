namespace Mappings.Yaml;

/// <summary>The fields of a mapping in a configuration file. The set of keys is closed.</summary>
public sealed class ObjectSpec
{
    private readonly Dictionary<string, FieldSpec> _byName;

    /// <param name="name">What the object is called in findings: <c>retry</c>, <c>step map</c>.</param>
    /// <param name="description">One English sentence for the documentation and the editor.</param>
    /// <param name="example">The object as YAML, as it would stand in a file.</param>
    /// <param name="shortField">
    /// The field a value that is not a mapping stands for: with <c>when</c>, <c>filter: x = 1</c> is read as
    /// <c>filter: { when: x = 1 }</c>. Null when only a mapping is accepted.
    /// </param>
    public ObjectSpec(string name, string description, string example, IReadOnlyList<FieldSpec> fields, string? shortField = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentException.ThrowIfNullOrWhiteSpace(example);
        Name = name;
        Description = description;
        Example = example;
        Fields = fields;
        _byName = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        if (shortField is not null) ShortField = _byName[shortField];
    }

    public string Name { get; }

    public string Description { get; }

    public string Example { get; }

    public IReadOnlyList<FieldSpec> Fields { get; }

    public FieldSpec? ShortField { get; }

    public FieldSpec? Field(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The same object with more fields, for a spec that is made of a common and a special part.</summary>
    public ObjectSpec With(params IEnumerable<FieldSpec> fields) => new(Name, Description, Example, [.. Fields, .. fields], ShortField?.Name);
}
