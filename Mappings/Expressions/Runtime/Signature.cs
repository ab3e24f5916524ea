using System.Globalization;

namespace Mappings.Expressions.Runtime;

/// <summary>
/// The types of a function's parameters, in JSONata's notation such as <c>&lt;s-nn?:s&gt;</c>. Arguments are matched like a
/// regular expression: optional and repeated parameters take as many as they can and give back what a later one needs.
/// </summary>
internal sealed partial class Signature
{
    private readonly SignatureParameter[] _parameters;

    private Signature(SignatureParameter[] parameters) => _parameters = parameters;

    public int Count => _parameters.Length;

    public IReadOnlyList<SignatureParameter> Parameters => _parameters;

    /// <summary>True when the text has a sign that means nothing where it stands.</summary>
    public bool HasUnknown { get; private init; }

    /// <summary>True when a function may be among the arguments.</summary>
    public bool TakesFunctions => Array.Exists(_parameters, p => (p.Types & SignatureTypes.Function) != 0);

    /// <summary>True when a parameter takes any number of arguments.</summary>
    public bool Repeats => Array.Exists(_parameters, p => p.Repeats);

    /// <summary>The arguments as the function wants them: the context put in, single values wrapped where an array is declared.</summary>
    public Value[] Validate(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx, TextSpan at, string name)
    {
        Span<int> counts = stackalloc int[_parameters.Length];
        if (!Match(arguments, 0, 0, counts)) throw Mismatch(f, arguments, at, name);
        var result = new List<Value>(Math.Max(arguments.Length, _parameters.Length));
        var next = 0;
        for (var p = 0; p < _parameters.Length; p++)
        {
            var parameter = _parameters[p];
            if (counts[p] == 0)
            {
                if (parameter.TakesContext)
                {
                    if ((SignatureParameter.TypeOf(ctx) & parameter.ContextTypes) == 0)
                    {
                        Errors.Throw(f, at, "T0411", ctx, ("name", name), ("index", Index(next)), ("types", parameter.Describe()));
                    }

                    result.Add(ctx);
                }
                else
                {
                    // JSONata's own manner: an optional parameter that did not match still takes the argument at its place.
                    result.Add(next < arguments.Length ? arguments[next] : default);
                    next++;
                }

                continue;
            }

            for (var taken = 0; taken < counts[p]; taken++, next++)
            {
                var argument = next < arguments.Length ? arguments[next] : default;
                result.Add(parameter.IsArray ? AsArray(parameter, argument, f, counts[p], at, name, next) : argument);
            }
        }

        return [.. result];
    }

    /// <summary>True when the arguments stand as they must, one for each parameter or fewer; then nothing needs to be copied.</summary>
    public bool FitsAsIs(ReadOnlySpan<Value> arguments)
    {
        if (arguments.Length > _parameters.Length) return false;
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (!_parameters[i].FitsAsIs(i < arguments.Length, i < arguments.Length ? arguments[i] : default)) return false;
        }

        return true;
    }

    private static string Index(int zeroBased) => (zeroBased + 1).ToString(CultureInfo.InvariantCulture);

    private static Value AsArray(SignatureParameter parameter, in Value argument, in Frame f, int taken, TextSpan at, string name, int index)
    {
        if (argument.IsMissing) return argument;
        if (parameter.Element != 0)
        {
            var fits = argument.IsArray ? SignatureParameter.HasElements(argument, parameter.Element) : taken == 1 && SignatureParameter.TypeOf(argument) == parameter.Element;
            if (!fits) Errors.Throw(f, at, "T0412", argument, ("name", name), ("index", Index(index)), ("types", SignatureParameter.Describe(parameter.Element)));
        }

        return argument.IsArray ? argument : new Value(Tag.Seq, new Seq(SeqFlags.None, argument));
    }

    private bool Match(ReadOnlySpan<Value> arguments, int argument, int parameter, Span<int> counts)
    {
        if (parameter == _parameters.Length) return argument == arguments.Length;
        var rule = _parameters[parameter];
        var most = rule.Repeats ? arguments.Length - argument : 1;
        var fitting = 0;
        while (fitting < most && argument + fitting < arguments.Length && (SignatureParameter.TypeOf(arguments[argument + fitting]) & rule.Types) != 0) fitting++;
        var least = rule.IsOptional ? 0 : 1;
        for (; fitting >= least; fitting--)
        {
            counts[parameter] = fitting;
            if (Match(arguments, argument + fitting, parameter + 1, counts)) return true;
        }

        return false;
    }

    /// <summary>Names the first argument that no reading of the signature can place.</summary>
    private EvaluationException Mismatch(in Frame f, ReadOnlySpan<Value> arguments, TextSpan at, string name)
    {
        var wrong = Math.Min(arguments.Length, _parameters.Length);
        for (var i = 0; i < arguments.Length && i < _parameters.Length; i++)
        {
            if ((SignatureParameter.TypeOf(arguments[i]) & _parameters[i].Types) != 0) continue;
            wrong = i;
            break;
        }

        if (wrong < arguments.Length && wrong < _parameters.Length)
        {
            return Errors.Create(f, at, "T0410", arguments[wrong], ("name", name), ("index", Index(wrong)), ("types", _parameters[wrong].Describe()));
        }

        return wrong < arguments.Length
            ? Errors.Create(f, at, "T0410", arguments[wrong], ("name", name), ("index", Index(wrong)), ("types", SignatureParameter.Describe(SignatureTypes.Missing)))
            : Errors.Create(f, at, "T0410", default, ("name", name), ("index", Index(wrong)), ("types", wrong < _parameters.Length ? _parameters[wrong].Describe() : SignatureParameter.Describe(SignatureTypes.Missing)));
    }
}
