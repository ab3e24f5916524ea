using Mappings.Diagnostics;

namespace Mappings.Mapping.Checking;

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
