using Mappings.Expressions.Pictures;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions;

/// <summary>
/// What one message brings to its expressions: variables, clock, chance, and what it may still spend. One context serves
/// all expressions of a message, one after the other; it is not thread-safe. Expressions are, and are shared.
/// </summary>
public sealed class EvaluationContext
{
    private readonly IReadOnlyList<string> _names;
    private readonly TimeProvider _clock;
    private Random? _random;
    private PictureCache? _pictures;

    /// <param name="variables">The names given to the expressions as <see cref="ExpressionOptions.Variables"/>, in the same order.</param>
    /// <param name="clock">Measures <see cref="ExpressionLimits.Time"/>; it does not set <see cref="Now"/>.</param>
    public EvaluationContext(IReadOnlyList<string>? variables = null, ExpressionLimits? limits = null, TimeProvider? clock = null)
    {
        _names = variables ?? [];
        _clock = clock ?? TimeProvider.System;
        Variables = new Value[_names.Count];
        Budget = new Budget(limits ?? ExpressionLimits.Default, _clock);
        Now = _clock.GetUtcNow();
    }

    /// <summary>The message's own time: what <c>$now</c> and <c>$millis</c> say, however long the work takes.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Starts <c>$random</c>; the same seed gives the same numbers.</summary>
    public int RandomSeed { get; set; }

    /// <summary>What <c>$$</c> means; when missing, the input of the expression itself.</summary>
    public Value Document { get; set; }

    /// <summary>The records around the input, the innermost last: what <c>%</c>, <c>%.%</c> … mean at the start of a path.</summary>
    public IReadOnlyList<Value> Parents { get; set; } = [];

    /// <summary>Sees every partial result; null (the default) costs nothing.</summary>
    public ExpressionTrace? Trace { get; set; }

    /// <summary>Steps spent since <see cref="Begin"/>.</summary>
    public long Steps => Budget.Steps;

    internal Value[] Variables { get; }

    internal Budget Budget { get; }

    internal PictureCache Pictures => _pictures ??= new PictureCache();

    internal Random Random => _random ??= new Random(RandomSeed);

    /// <summary>A variable by its slot.</summary>
    public Value this[int slot]
    {
        get => Variables[slot];
        set => Variables[slot] = value;
    }

    /// <summary>Sets a variable by its name.</summary>
    public void Set(string name, in Value value)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (!string.Equals(_names[i], name, StringComparison.Ordinal)) continue;
            Variables[i] = value;
            return;
        }

        throw new ArgumentException($"The context has no variable {name}.", nameof(name));
    }

    /// <summary>A new message: variables are cleared, all limits start anew.</summary>
    public void Begin(DateTimeOffset now, int randomSeed = 0)
    {
        Now = now;
        RandomSeed = randomSeed;
        _random = null;
        Document = default;
        Parents = [];
        Array.Clear(Variables);
        Budget.Restart();
    }
}
