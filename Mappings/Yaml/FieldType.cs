namespace Mappings.Yaml;

/// <summary>The type of a field or of the items of a list. Immutable; built by the static members.</summary>
public sealed class FieldType
{
    private FieldType(FieldKind kind) => Kind = kind;

    public static FieldType Text { get; } = new(FieldKind.Text);

    public static FieldType Name { get; } = new(FieldKind.Name);

    public static FieldType Boolean { get; } = new(FieldKind.Boolean);

    public static FieldType Duration { get; } = new(FieldKind.Duration);

    public static FieldType Size { get; } = new(FieldKind.Size);

    public static FieldType Rate { get; } = new(FieldKind.Rate);

    public static FieldType Percent { get; } = new(FieldKind.Percent);

    public static FieldType Expression { get; } = new(FieldKind.Expression);

    public static FieldType Path { get; } = new(FieldKind.Path);

    public static FieldType Scalar { get; } = new(FieldKind.Scalar);

    public static FieldType Any { get; } = new(FieldKind.Any);

    /// <summary>Any YAML in which <c>${…}</c> stays as it is, because expressions may stand in it.</summary>
    public static FieldType AnyAsWritten { get; } = new(FieldKind.Any) { IsAsWritten = true };

    public FieldKind Kind { get; }

    /// <summary>The words of <see cref="FieldKind.OneOf"/>.</summary>
    public IReadOnlyList<string> Values { get; private init; } = [];

    /// <summary>What a <see cref="FieldKind.Reference"/> names.</summary>
    public ReferenceKind Target { get; private init; }

    /// <summary>The fields of <see cref="FieldKind.Object"/>.</summary>
    public ObjectSpec? ObjectSpec { get; private init; }

    /// <summary>The type of the items of a list or of the values of a map.</summary>
    public FieldType? Item { get; private init; }

    /// <summary>The types of <see cref="FieldKind.Either"/>.</summary>
    public IReadOnlyList<FieldType> Alternatives { get; private init; } = [];

    /// <summary>A single item may stand without brackets: <c>to: a</c> for <c>to: [ a ]</c>.</summary>
    public bool AllowsSingle { get; private init; }

    /// <summary>References in <see cref="FieldKind.Any"/> are left to whoever reads on.</summary>
    public bool IsAsWritten { get; private init; }

    /// <summary>Least number, or least count of a list; null when there is none.</summary>
    public decimal? Minimum { get; private init; }

    /// <summary>Greatest number; null when there is none.</summary>
    public decimal? Maximum { get; private init; }

    public static FieldType Integer(long? minimum = null, long? maximum = null) => new(FieldKind.Integer) { Minimum = minimum, Maximum = maximum };

    public static FieldType Decimal(decimal? minimum = null, decimal? maximum = null) => new(FieldKind.Decimal) { Minimum = minimum, Maximum = maximum };

    public static FieldType OneOf(params string[] values) => new(FieldKind.OneOf) { Values = values };

    public static FieldType Reference(ReferenceKind target) => new(FieldKind.Reference) { Target = target };

    public static FieldType Object(ObjectSpec spec) => new(FieldKind.Object) { ObjectSpec = spec };

    /// <param name="minimum">Least count of items.</param>
    public static FieldType List(FieldType item, int minimum = 0) => new(FieldKind.List) { Item = item, Minimum = minimum };

    /// <summary>A list whose only item may stand without brackets.</summary>
    public static FieldType ListOrOne(FieldType item, int minimum = 0) => new(FieldKind.List) { Item = item, Minimum = minimum, AllowsSingle = true };

    public static FieldType MapOf(FieldType item) => new(FieldKind.MapOf) { Item = item };

    /// <summary>The first type whose shape (scalar, list, mapping) fits is read; of several scalar types the first that accepts the text.</summary>
    public static FieldType Either(params FieldType[] alternatives) => new(FieldKind.Either) { Alternatives = alternatives };
}
