using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>Equality, order and truth as JSONata defines them.</summary>
internal static class Comparison
{
    /// <summary>Deep equality; values of different types are different.</summary>
    public static bool Equal(ref Frame f, in Value a, in Value b)
    {
        if (a.IsText) return b.IsText && Texts.Equal(a, b);
        if (a.IsNumber) return b.IsNumber && Numbers.Compare(a, b) == 0;
        var kind = a.Kind;
        if (kind != b.Kind) return false;
        return kind switch
        {
            ValueKind.Boolean => a.Tag == b.Tag,
            ValueKind.Array => EqualItems(ref f, a, b),
            ValueKind.Object => EqualMembers(ref f, a, b),
            ValueKind.Function => ReferenceEquals(a.Ref, b.Ref),
            _ => true,
        };
    }

    /// <summary>Whether two values are one: lists and objects are the same only when they are the very same, not when they are equal.</summary>
    public static bool Same(ref Frame f, in Value a, in Value b) =>
        a.IsArray || a.IsObject ? a.Tag == b.Tag && a.Node == b.Node && ReferenceEquals(a.Ref, b.Ref) : Equal(ref f, a, b);

    /// <summary>The truth of a value: empty, zero, null, a function and a list without any true element are false.</summary>
    public static bool IsTrue(ref Frame f, in Value value)
    {
        switch (value.Tag)
        {
            case Tag.True: return true;
            case Tag.Decimal: return value.Decimal != 0;
            case Tag.RawNumber or Tag.Big or Tag.Double: return Numbers.ToDouble(value) is not (0 or double.NaN);
            case Tag.String: return value.Text.Length > 0;
            case Tag.TapeText: return !value.Tape.Utf8(value.Node).IsEmpty;
            case Tag.TapeObject or Tag.Map: return value.Count > 0;
            case Tag.TapeArray or Tag.Seq: return AnyTrue(ref f, value);
            default: return false;
        }
    }

    public static void CheckStack(ref Frame f)
    {
        f.Step();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) Errors.TooDeep(f, f.At);
    }

    private static bool AnyTrue(ref Frame f, in Value array)
    {
        CheckStack(ref f);
        foreach (var item in array.Items())
        {
            f.Step();
            if (IsTrue(ref f, item)) return true;
        }

        return false;
    }

    private static bool EqualItems(ref Frame f, in Value a, in Value b)
    {
        CheckStack(ref f);
        if (a.Count != b.Count) return false;
        var others = b.Items();
        foreach (var item in a.Items())
        {
            f.Step();
            others.MoveNext();
            if (!Equal(ref f, item, others.Current)) return false;
        }

        return true;
    }

    private static bool EqualMembers(ref Frame f, in Value a, in Value b)
    {
        CheckStack(ref f);
        if (a.Count != b.Count) return false;
        foreach (var member in a.Members())
        {
            f.Step();
            var other = b.Member(member.Name);
            if (other.IsMissing || !Equal(ref f, member.Value, other)) return false;
        }

        return true;
    }
}
