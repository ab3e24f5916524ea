namespace Mappings.Expressions.Binding;

/// <summary>
/// Where the context of a part comes from: what <c>%</c> counts from. Either a step of a path, or the input of the whole
/// expression (and the records around it), or something computed, which has nothing above it.
/// </summary>
internal sealed record Provenance(PathPlan? Plan, int Step, int Level)
{
    public static Provenance Input { get; } = new(null, -1, 0);

    public static Provenance Computed { get; } = new(null, -1, -1);

    /// <summary>For an item that a block yields: where it comes from inside the block.</summary>
    public Provenance? Inner { get; init; }

    public bool IsInput => Plan is null && Level >= 0;

    /// <summary>What stands above: the input of the step that made this item.</summary>
    public Provenance Above
    {
        get
        {
            if (Plan is null) return IsInput ? this with { Level = Level + 1 } : Computed;
            if (Inner is null) return Plan.Before(Step);

            // Above the begin of the block's path stands what the path around the block had there.
            var above = Inner.Above;
            return ReferenceEquals(above.Plan, Inner.Plan) ? this with { Inner = above } : above;
        }
    }

    /// <summary>The hidden variable of the plan that holds what stands above.</summary>
    public string Ancestor() => Inner is null ? Plan!.Ancestor(Step) : Plan!.Import(Step, Inner.Ancestor());
}

/// <summary>A path while it is compiled: which of its steps must remember their input for a later <c>%</c>.</summary>
internal sealed class PathPlan(Scope scope, Provenance start)
{
    private readonly List<Provenance> _results = [];
    private readonly List<string> _names = [];
    private readonly List<(int Step, string Inner, string Outer)> _imports = [];

    public Scope Scope { get; } = scope;

    /// <summary>The path's own variables in the order of a tuple's values.</summary>
    public IReadOnlyList<string> Names => _names;

    public bool NeedsTuples => _names.Count > 0;

    /// <summary>The provenance of the context in which the next step is evaluated.</summary>
    public Provenance Current => _results.Count == 0 ? start : _results[^1];

    public Provenance Before(int step) => step == 0 ? start : _results[step - 1];

    public void Add(Provenance result) => _results.Add(result);

    public int Position(string name) => _names.IndexOf(name);

    /// <summary>The hidden variable that takes over one of the path in the block that is a step.</summary>
    public string Import(int step, string inner)
    {
        var outer = AncestorName(step) + " " + inner;
        if (!_names.Contains(outer)) _imports.Add((step, inner, outer));
        Variable(outer);
        return outer;
    }

    public IReadOnlyList<(string Inner, string Outer)> Imports(int step) => [.. _imports.Where(i => i.Step == step).Select(i => (i.Inner, i.Outer))];

    /// <summary>The variable's position in a tuple.</summary>
    public int Variable(string name)
    {
        var at = _names.IndexOf(name);
        if (at >= 0) return at;
        Scope.Declare(name);
        _names.Add(name);
        return _names.Count - 1;
    }

    /// <summary>The hidden variable that holds the input of a step; asking for it is what makes the step remember.</summary>
    public string Ancestor(int step)
    {
        var name = AncestorName(step);
        Variable(name);
        return name;
    }

    /// <summary>The position of a step's ancestor variable, or -1 when nobody asks for it.</summary>
    public int AncestorPosition(int step) => _names.IndexOf(AncestorName(step));

    // A space cannot stand in a variable's name.
    private static string AncestorName(int step) => "% " + step.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
