namespace Mappings.Expressions.Runtime;

/// <summary>Reading a signature's text.</summary>
internal sealed partial class Signature
{
    private const SignatureTypes Any = SignatureTypes.Text | SignatureTypes.Number | SignatureTypes.Boolean | SignatureTypes.Null
        | SignatureTypes.Array | SignatureTypes.Object | SignatureTypes.Function | SignatureTypes.Missing;

    /// <summary>Reads <c>&lt;…&gt;</c>; what stands behind the colon (the result) is not checked by JSONata and not kept.</summary>
    /// <returns>The signature, or null with JSONata's code in <paramref name="error"/>.</returns>
    public static Signature? Parse(string text, out string error)
    {
        var parameters = new List<SignatureParameter>();
        var unknown = false;
        error = string.Empty;
        var at = 1;
        while (at < text.Length && text[at] is not (':' or '>'))
        {
            var c = text[at];
            switch (c)
            {
                case '-' or '?' or '+' when parameters.Count == 0:
                    unknown = true;
                    at++;
                    break;
                case '-':
                    parameters[^1] = parameters[^1] with { ContextTypes = parameters[^1].Types, IsOptional = true };
                    at++;
                    break;
                case '?':
                    parameters[^1] = parameters[^1] with { IsOptional = true };
                    at++;
                    break;
                case '+':
                    parameters[^1] = parameters[^1] with { Repeats = true };
                    at++;
                    break;
                case '<':
                    if (!Subtype(text, ref at, parameters, out error)) return null;
                    break;
                case '(':
                    if (!Choice(text, ref at, parameters, out error)) return null;
                    break;
                default:
                    if (Single(c) is { } types) parameters.Add(new SignatureParameter { Types = types, IsArray = c == 'a' });
                    else unknown = true;
                    at++;
                    break;
            }
        }

        return new Signature([.. parameters]) { HasUnknown = unknown };
    }

    private static SignatureTypes? Single(char c) => c switch
    {
        's' => SignatureTypes.Text | SignatureTypes.Missing,
        'n' => SignatureTypes.Number | SignatureTypes.Missing,
        'b' => SignatureTypes.Boolean | SignatureTypes.Missing,
        'l' => SignatureTypes.Null | SignatureTypes.Missing,
        'o' => SignatureTypes.Object | SignatureTypes.Missing,
        'a' => Any,
        'x' => Any,
        'j' => Any & ~SignatureTypes.Function,
        'f' => SignatureTypes.Function,
        _ => null,
    };

    private static bool Choice(string text, ref int at, List<SignatureParameter> parameters, out string error)
    {
        error = string.Empty;
        var end = text.IndexOf(')', at);
        if (end < 0 || text.AsSpan(at, end - at).Contains('<'))
        {
            error = "S0402";
            return false;
        }

        var types = SignatureTypes.Missing;
        for (at++; at < end; at++)
        {
            if (text[at] == 'a') types |= SignatureTypes.Array;
            else if (Single(text[at]) is { } one) types |= one;
        }

        parameters.Add(new SignatureParameter { Types = types });
        at = end + 1;
        return true;
    }

    private static bool Subtype(string text, ref int at, List<SignatureParameter> parameters, out string error)
    {
        error = string.Empty;
        var last = parameters.Count == 0 ? null : parameters[^1];
        if (last is null || !(last.IsArray || last.Types == SignatureTypes.Function))
        {
            error = "S0401";
            return false;
        }

        var start = at + 1;
        var depth = 0;
        for (; at < text.Length; at++)
        {
            if (text[at] == '<') depth++;
            else if (text[at] == '>' && --depth == 0) break;
        }

        if (last.IsArray && start < text.Length)
        {
            var element = text[start] == 'a' ? SignatureTypes.Array : Single(text[start]) ?? 0;
            element &= ~SignatureTypes.Missing;
            if (element is 0 || System.Numerics.BitOperations.PopCount((uint)element) == 1) parameters[^1] = last with { Element = element };
        }

        at++;
        return true;
    }
}
