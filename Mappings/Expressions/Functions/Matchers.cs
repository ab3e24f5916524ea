using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Walks the matches of a matcher: a regex, or any function that answers in the same shape.</summary>
internal static class Matchers
{
    public static bool TryFirst(ref Frame f, FunctionValue matcher, in Value text, out TextMatch match)
    {
        var found = Calls.Apply(ref f, matcher, new ReadOnlySpan<Value>(in text), default, f.At);
        return Read(f, found, out match);
    }

    public static bool TryNext(ref Frame f, ref TextMatch match)
    {
        if (!match.Next.IsFunction) return false;
        var found = Calls.Apply(ref f, match.Next.Function, [], default, f.At);
        return Read(f, found, out match);
    }

    private static bool Read(in Frame f, in Value found, out TextMatch match)
    {
        match = default;
        if (found.IsMissing) return false;
        var start = found.Member("start");
        var end = found.Member("end");
        var groups = found.Member("groups");
        var next = found.Member("next");
        if (!found.IsObject || !(start.IsNumber || end.IsNumber || groups.IsArray || next.IsFunction)) throw Errors.InCall(f, "T1010", found);
        match = new TextMatch(found.Member("match").AsText() ?? string.Empty, Position(start), Position(end), groups, next);
        return true;
    }

    private static int Position(in Value number) => number.IsNumber ? (int)Math.Clamp(Numbers.FloorToLong(number), 0, int.MaxValue) : 0;
}
