namespace Mappings.Mapping;

/// <summary>Where a field's value comes from.</summary>
public enum FieldForm
{
    Path,
    Expression,
    Constant,

    /// <summary>A list: one element for each element of the source.</summary>
    Each,

    /// <summary>An object with fields of its own.</summary>
    Object,

    /// <summary>Its long form is wrong, which was reported: only its name, and the fields inside, are known.</summary>
    Unread,
}
