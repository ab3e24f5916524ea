namespace Mappings.Yaml;

/// <summary>One field of an <see cref="ObjectSpec"/>: reading, editor schema and documentation come from it.</summary>
public sealed record FieldSpec
{
    private FieldSpec(string name, FieldType type, string description, string example)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentException.ThrowIfNullOrWhiteSpace(example);
        Name = name;
        Type = type;
        Description = description;
        Example = example;
    }

    public string Name { get; }

    public FieldType Type { get; }

    /// <summary>One English sentence for the documentation and the editor.</summary>
    public string Description { get; }

    /// <summary>A value as it would stand behind <c>name: </c> in YAML (without a secret).</summary>
    public string Example { get; }

    public bool IsRequired { get; private init; }

    /// <summary>The value that stands for an absent one, in YAML; null when absent means absent.</summary>
    public string? Default { get; private init; }

    /// <summary>The value never appears in findings, logs or views.</summary>
    public bool IsSecret { get; private init; }

    public static FieldSpec Required(string name, FieldType type, string description, string example) =>
        new(name, type, description, example) { IsRequired = true };

    /// <param name="defaultValue">The value, in YAML, that stands for an absent one.</param>
    public static FieldSpec Optional(string name, FieldType type, string description, string example, string? defaultValue = null) =>
        new(name, type, description, example) { Default = defaultValue };

    /// <summary>The same field, marked secret.</summary>
    public FieldSpec AsSecret() => this with { IsSecret = true };
}
