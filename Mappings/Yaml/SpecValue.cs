using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>
/// A mapping that was checked against its <see cref="ObjectSpec"/>. Typed access by field name; defaults are applied.
/// The members without "OrNull" and <see cref="Find"/> throw <see cref="InvalidOperationException"/> for a field that is
/// absent and has no default, since the spec should have required it.
/// </summary>
public sealed class SpecValue
{
    private readonly HashSet<string> _given;

    internal SpecValue(ObjectSpec spec, YamlNode node, string path, IReadOnlyDictionary<string, SpecItem> items, HashSet<string> given)
    {
        Spec = spec;
        Node = node;
        Path = path;
        Items = items;
        _given = given;
    }

    public ObjectSpec Spec { get; }

    public YamlNode Node { get; }

    /// <summary>Path in the file; empty for the root.</summary>
    public string Path { get; }

    public SourcePosition At => Node.Position;

    /// <summary>All fields that have a value, given or default, in the order of the spec.</summary>
    public IReadOnlyDictionary<string, SpecItem> Items { get; }

    /// <summary>The field stands in the file.</summary>
    public bool Has(string name) => _given.Contains(Known(name));

    /// <summary>The field's value, given or default; null when it has none.</summary>
    public SpecItem? Find(string name) => Items.GetValueOrDefault(Known(name));

    /// <summary>Place of the field's value, or of the whole object when the field is absent.</summary>
    public SourcePosition Position(string name) => Has(name) ? Items[name].At : At;

    /// <summary>Path of a field in the file, whether it is there or not.</summary>
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    public string Text(string name) => Item(name).Text;

    public string? TextOrNull(string name) => Find(name)?.Text;

    public long Integer(string name) => Item(name).Integer;

    public decimal Decimal(string name) => Item(name).Decimal;

    public bool Boolean(string name) => Item(name).Boolean;

    public TimeSpan Duration(string name) => Item(name).Duration;

    /// <summary>Bytes.</summary>
    public long Size(string name) => Item(name).Size;

    public Rate Rate(string name) => Item(name).Rate;

    /// <summary>A share: 20% is 0.2.</summary>
    public decimal Percent(string name) => Item(name).Percent;

    public YamlExpression Expression(string name) => Item(name).Expression;

    public YamlExpression? ExpressionOrNull(string name) => Find(name)?.Expression;

    public YamlConstant Constant(string name) => Item(name).Constant;

    public SpecValue Object(string name) => Item(name).Object;

    public SpecValue? ObjectOrNull(string name) => Find(name)?.Object;

    /// <summary>The items; none when the field is absent.</summary>
    public IReadOnlyList<SpecItem> List(string name) => Find(name)?.List ?? [];

    /// <summary>The texts of a list; none when the field is absent.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. List(name).Select(i => i.Text)];

    /// <summary>The objects of a list; none when the field is absent.</summary>
    public IReadOnlyList<SpecValue> Objects(string name) => [.. List(name).Select(i => i.Object)];

    /// <summary>The entries in the order of the file; none when the field is absent.</summary>
    public IReadOnlyDictionary<string, SpecItem> Map(string name) => Find(name)?.Map ?? EmptyMap;

    /// <summary>All names that refer to something configured elsewhere, at any depth.</summary>
    public IEnumerable<SpecItem> References() =>
        Items.Values.SelectMany(i => i.WithDescendants()).Where(i => i.Type.Kind == FieldKind.Reference);

    private static readonly IReadOnlyDictionary<string, SpecItem> EmptyMap = new Dictionary<string, SpecItem>();

    private SpecItem Item(string name) =>
        Find(name) ?? throw new InvalidOperationException($"{PathOf(name)} is absent and has no default.");

    private string Known(string name) => Spec.Field(name) is not null
        ? name
        : throw new InvalidOperationException($"{Spec.Name} has no field {name}.");
}
