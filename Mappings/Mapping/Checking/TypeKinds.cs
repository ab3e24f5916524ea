using Mappings.Diagnostics;

namespace Mappings.Mapping.Checking;

/// <summary>The kinds a value can have, as the checker tells them apart. The same distinctions as a function's signature makes.</summary>
[Flags]
internal enum TypeKinds
{
    None = 0,

    /// <summary>There may be no value at all.</summary>
    Missing = 1,
    Null = 2,
    Boolean = 4,
    Number = 8,
    Text = 16,
    Array = 32,
    Object = 64,
    Function = 128,
    Scalar = Boolean | Number | Text,
}

/// <summary>Words for <see cref="TypeKinds"/> in findings.</summary>
internal static class TypeWords
{
    private static readonly (TypeKinds Kind, string Key)[] Keys =
    [
        (TypeKinds.Null, "word.kind.null"), (TypeKinds.Boolean, "word.kind.boolean"), (TypeKinds.Number, "word.kind.number"), (TypeKinds.Text, "word.kind.text"),
        (TypeKinds.Array, "word.kind.array"), (TypeKinds.Object, "word.kind.object"), (TypeKinds.Function, "word.kind.function"),
    ];

    /// <summary>The kinds in words: "a number", "a text / an object".</summary>
    public static string Of(TypeKinds kinds) =>
        string.Join(" / ", Keys.Where(k => (kinds & k.Kind) != 0).Select(k => DiagnosticTexts.Catalog.Render(k.Key)));
}
