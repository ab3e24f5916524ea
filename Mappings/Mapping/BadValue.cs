namespace Mappings.Mapping;

/// <summary>What happens to a value that does not fit; a mapping's <c>on_error</c> of a field.</summary>
public enum BadValue
{
    /// <summary>The record fails.</summary>
    Fail,

    /// <summary>The field is left out, with a warning.</summary>
    Drop,

    /// <summary>The default is taken, with a warning.</summary>
    Default,
}
