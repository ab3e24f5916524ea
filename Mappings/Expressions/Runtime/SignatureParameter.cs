using Mappings.Diagnostics;

namespace Mappings.Expressions.Runtime;

/// <summary>The types a signature tells apart.</summary>
[Flags]
internal enum SignatureTypes : byte
{
    Text = 1,
    Number = 2,
    Boolean = 4,
    Null = 8,
    Array = 16,
    Object = 32,
    Function = 64,
    Missing = 128,
}

/// <summary>One parameter of a signature.</summary>
internal sealed record SignatureParameter
{
    public required SignatureTypes Types { get; init; }

    /// <summary>The types the context may have when it stands in; 0 when it may not.</summary>
    public SignatureTypes ContextTypes { get; init; }

    public bool IsOptional { get; init; }

    public bool Repeats { get; init; }

    /// <summary>Declared as an array: a single value is wrapped.</summary>
    public bool IsArray { get; init; }

    /// <summary>The type all elements must have; 0 when any.</summary>
    public SignatureTypes Element { get; init; }

    public bool TakesContext => ContextTypes != 0;

    /// <summary>The type of each <see cref="ValueKind"/>, in its order.</summary>
    private static ReadOnlySpan<SignatureTypes> OfKind =>
    [
        SignatureTypes.Missing, SignatureTypes.Null, SignatureTypes.Boolean, SignatureTypes.Number, SignatureTypes.Text, SignatureTypes.Array,
        SignatureTypes.Object, SignatureTypes.Function,
    ];

    private static readonly (SignatureTypes Type, string Key)[] Words =
    [
        (SignatureTypes.Text, "word.parameter.text"), (SignatureTypes.Number, "word.parameter.number"), (SignatureTypes.Boolean, "word.parameter.boolean"),
        (SignatureTypes.Null, "word.parameter.null"), (SignatureTypes.Array, "word.parameter.array"), (SignatureTypes.Object, "word.parameter.object"),
        (SignatureTypes.Function, "word.parameter.function"),
    ];

    public static SignatureTypes TypeOf(in Value value) => OfKind[(int)value.Kind];

    public static string Describe(SignatureTypes types)
    {
        var names = Words.Where(w => (types & w.Type) != 0).Select(w => DiagnosticTexts.Catalog.Render(w.Key)).ToList();
        return names.Count == 0 ? DiagnosticTexts.Catalog.Render("word.parameter.none") : string.Join(" / ", names);
    }

    public static bool HasElements(in Value array, SignatureTypes element)
    {
        if (array.Tag == Tag.Seq && array.Seq.IsRange) return element == SignatureTypes.Number;
        foreach (ref readonly var item in array.Items())
        {
            if (TypeOf(item) != element) return false;
        }

        return true;
    }

    public string Describe() => Describe(IsArray ? SignatureTypes.Array : Types);

    public bool FitsAsIs(bool given, in Value argument)
    {
        if (!given) return IsOptional && !TakesContext;
        var type = TypeOf(argument);
        if ((type & Types) == 0) return false;
        return !IsArray || type == SignatureTypes.Missing || (type == SignatureTypes.Array && (Element == 0 || HasElements(argument, Element)));
    }
}
