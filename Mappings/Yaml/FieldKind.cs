namespace Mappings.Yaml;

/// <summary>What a field of a configuration file takes. Each kind has a checker in <see cref="SpecReader"/>.</summary>
public enum FieldKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A name: letters (of any language), digits, <c>-</c>, <c>_</c>; begins with a letter.</summary>
    Name,

    /// <summary>A whole number: <c>4</c>.</summary>
    Integer,

    /// <summary>A number: <c>0.5</c>.</summary>
    Decimal,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>250ms 30s 10m 2h 7d</c>.</summary>
    Duration,

    /// <summary><c>512B 64KB 10MB 1GB</c>; 1 KB is 1,024 bytes.</summary>
    Size,

    /// <summary><c>10/s 600/m 5000/h</c>.</summary>
    Rate,

    /// <summary><c>20%</c>.</summary>
    Percent,

    /// <summary>A JSONata expression, with or without the leading <c>= </c>.</summary>
    Expression,

    /// <summary>A file or folder, relative to the configuration folder or absolute.</summary>
    Path,

    /// <summary>The name of something that is configured elsewhere.</summary>
    Reference,

    /// <summary>One of fixed words.</summary>
    OneOf,

    /// <summary>A mapping with known keys.</summary>
    Object,

    /// <summary>A list of one type.</summary>
    List,

    /// <summary>A mapping with free keys and values of one type.</summary>
    MapOf,

    /// <summary>A constant: <c>true false null</c>, a number or a text; quotes make it a text.</summary>
    Scalar,

    /// <summary>Any YAML; read later by whoever owns it.</summary>
    Any,

    /// <summary>One of several types, told apart by their shape.</summary>
    Either,
}
