using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>
/// A checked value. The member that belongs to its <see cref="FieldType"/> gives it typed; another one is a fault of
/// the caller and throws <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class SpecItem
{
    private readonly object? _value;

    internal SpecItem(FieldType type, object? value, YamlNode node, string path, bool isSecret)
    {
        Type = type;
        _value = value;
        Node = node;
        At = node.Position;
        Path = path;
        IsSecret = isSecret;
    }

    /// <summary>The type; of <see cref="FieldKind.Either"/> the alternative that was read.</summary>
    public FieldType Type { get; }

    /// <summary>What was written, with references resolved.</summary>
    public YamlNode Node { get; }

    /// <summary>Place of the value; of a default the place of the object.</summary>
    public SourcePosition At { get; private init; }

    /// <summary>Place of the key in a map, or of the value where there is no key.</summary>
    public SourcePosition KeyAt { get; internal init; }

    /// <summary>Path in the file, such as <c>retry.delayed[1]</c>.</summary>
    public string Path { get; }

    /// <summary>Marked secret in the spec, or taken from the environment or a file: never to be printed.</summary>
    public bool IsSecret { get; }

    /// <summary>Text, name, path, reference, one-of.</summary>
    public string Text => Get<string>();

    public long Integer => Get<long>();

    public decimal Decimal => Get<decimal>();

    public bool Boolean => Get<bool>();

    public TimeSpan Duration => Get<TimeSpan>();

    /// <summary>Bytes.</summary>
    public long Size => Get<long>();

    public Rate Rate => Get<Rate>();

    /// <summary>A share: 20% is 0.2.</summary>
    public decimal Percent => Get<decimal>();

    public YamlExpression Expression => Get<YamlExpression>();

    public YamlConstant Constant => Get<YamlConstant>();

    public SpecValue Object => Get<SpecValue>();

    public IReadOnlyList<SpecItem> List => Get<IReadOnlyList<SpecItem>>();

    /// <summary>In the order of the file.</summary>
    public IReadOnlyDictionary<string, SpecItem> Map => Get<IReadOnlyDictionary<string, SpecItem>>();

    /// <summary>This value and all values inside it.</summary>
    public IEnumerable<SpecItem> WithDescendants()
    {
        IEnumerable<SpecItem> inner = _value switch
        {
            SpecValue value => value.Items.Values,
            IReadOnlyList<SpecItem> list => list,
            IReadOnlyDictionary<string, SpecItem> map => map.Values,
            _ => [],
        };
        return inner.SelectMany(i => i.WithDescendants()).Prepend(this);
    }

    internal SpecItem StandingAt(SourcePosition at) => new(Type, _value, Node, Path, IsSecret) { At = at, KeyAt = at };

    private T Get<T>() => _value is T value
        ? value
        : throw new InvalidOperationException($"{Path} is of kind {Type.Kind} and was read as {typeof(T).Name}.");
}
