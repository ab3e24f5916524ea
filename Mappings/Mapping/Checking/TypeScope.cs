namespace Mappings.Mapping.Checking;

/// <summary>The variables an expression can see. The outermost scope holds those of the mapping.</summary>
internal sealed class TypeScope(TypeScope? outer)
{
    private readonly Dictionary<string, StaticType> _types = new(StringComparer.Ordinal);

    public void Set(string name, StaticType type) => _types[name] = type;

    public StaticType? Find(string name) => _types.TryGetValue(name, out var type) ? type : outer?.Find(name);

    /// <summary>True for a variable of the mapping, not of the expression.</summary>
    public bool IsOutside(string name) => outer is null ? _types.ContainsKey(name) : !_types.ContainsKey(name) && outer.IsOutside(name);
}
