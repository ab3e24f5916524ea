using Mappings.Contracts;

namespace Mappings.Mapping.Checking;

/// <summary>
/// What is known of a value before any record comes. Immutable. What is not known is never judged: a contract that leaves
/// something open, or no contract at all, makes the checker silent and not wrong.
/// </summary>
internal sealed record StaticType
{
    /// <summary>Nothing is known but, perhaps, where the value stands.</summary>
    public static StaticType Unknown { get; } = new();

    /// <summary>False when nothing may be concluded from <see cref="Kinds"/>.</summary>
    public bool IsKnown { get; init; }

    public TypeKinds Kinds { get; init; }

    /// <summary>What the contract says of the value; null for what was computed.</summary>
    public ContractShape? Shape { get; init; }

    /// <summary>The elements of a computed array; null when the contract says them or nothing does.</summary>
    public StaticType? Element { get; init; }

    /// <summary>There may be several values: a path that leads through a list.</summary>
    public bool IsMany { get; init; }

    /// <summary>A condition stands on the way, so that several may well be one.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>It comes from outside the element that is being made: searching it once for each element is quadratic.</summary>
    public bool IsOuter { get; init; }

    /// <summary>The place in the record, such as <c>lines[].qty</c>; null for what was computed.</summary>
    public string? Path { get; init; }

    /// <summary>The member on the way that may be absent; null when none may be, or when the value was computed.</summary>
    public ContractShape? Optional { get; init; }

    /// <summary>The path of <see cref="Optional"/>.</summary>
    public string OptionalPath { get; init; } = string.Empty;

    public bool MayBeMissing => IsKnown && (Kinds & TypeKinds.Missing) != 0;

    /// <summary>The kinds a value has when there is one.</summary>
    public TypeKinds Present => Kinds & ~TypeKinds.Missing;

    public static StaticType Of(TypeKinds kinds) => new() { IsKnown = true, Kinds = kinds };

    /// <summary>The type a contract gives. A value with members or elements and without <c>type</c> is meant as an object or a list.</summary>
    /// <param name="path">The place of the value in the record.</param>
    public static StaticType Of(ContractShape shape, string? path)
    {
        if (shape.Kinds != ContractKinds.Any) return new StaticType { IsKnown = true, Kinds = KindsOf(shape.Kinds), Shape = shape, Path = path };
        if (shape.Members.Count > 0) return new StaticType { IsKnown = true, Kinds = TypeKinds.Object, Shape = shape, Path = path };
        return shape.Items is null ? Unknown with { Path = path } : new StaticType { IsKnown = true, Kinds = TypeKinds.Array, Shape = shape, Path = path };
    }

    public static TypeKinds KindsOf(ContractKinds kinds)
    {
        var all = TypeKinds.None;
        if ((kinds & ContractKinds.Null) != 0) all |= TypeKinds.Null;
        if ((kinds & ContractKinds.Boolean) != 0) all |= TypeKinds.Boolean;
        if ((kinds & (ContractKinds.Integer | ContractKinds.Number)) != 0) all |= TypeKinds.Number;
        if ((kinds & ContractKinds.Text) != 0) all |= TypeKinds.Text;
        if ((kinds & ContractKinds.Array) != 0) all |= TypeKinds.Array;
        if ((kinds & ContractKinds.Object) != 0) all |= TypeKinds.Object;
        return all;
    }

    /// <summary>One of the values: the elements of an array, else the value itself.</summary>
    public StaticType Item()
    {
        if (!IsKnown) return Path is null || Path.EndsWith("[]", StringComparison.Ordinal) ? this : this with { IsMany = true };
        if ((Kinds & TypeKinds.Array) == 0) return this with { Kinds = Present };
        var path = Path is null or "" || Path.EndsWith("[]", StringComparison.Ordinal) ? Path : Path + "[]";
        if (Element is { } element) return element with { IsMany = true, IsOuter = IsOuter, IsFiltered = IsFiltered };
        if (Shape?.Items is not { } items) return Unknown with { Path = path, IsMany = true, IsOuter = IsOuter };
        var item = Of(items, path).Item();
        return item with { IsMany = true, IsOuter = IsOuter, IsFiltered = IsFiltered, Optional = Optional, OptionalPath = OptionalPath };
    }

    /// <summary>The same value seen by something that is only evaluated when it is there, once for each.</summary>
    public StaticType Existing() => this with { Kinds = Present, Optional = null, OptionalPath = string.Empty, IsMany = false };

    /// <summary>Either of two values.</summary>
    public StaticType Or(StaticType other)
    {
        if (!IsKnown || !other.IsKnown) return Unknown;
        return new StaticType
        {
            IsKnown = true,
            Kinds = Kinds | other.Kinds,
            Shape = Shape == other.Shape ? Shape : null,
            IsMany = IsMany || other.IsMany,
            IsFiltered = IsFiltered || other.IsFiltered,
            Optional = Optional ?? other.Optional,
            OptionalPath = Optional is null ? other.OptionalPath : OptionalPath,
        };
    }
}
