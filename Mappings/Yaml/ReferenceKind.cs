namespace Mappings.Yaml;

/// <summary>What a <see cref="FieldKind.Reference"/> names.</summary>
public enum ReferenceKind
{
    System,

    /// <summary><c>system.endpoint</c>, such as <c>crm.deals</c>.</summary>
    Endpoint,
    Mapping,
    Contract,
    Lookup,
    Pipeline,
    Layout,
}
