namespace Mappings.Expressions.Binding;

/// <summary>
/// Where the context of a part comes from: what <c>%</c> counts from. Either a step of a path, or the input of the whole
/// expression (and the records around it), or something computed, which has nothing above it.
/// </summary>
internal sealed record Provenance(PathPlan? Plan, int Step, int Level)
{
    public static Provenance Input { get; } = new(null, -1, 0);

    public static Provenance Computed { get; } = new(null, -1, -1);

    public bool IsInput => Plan is null && Level >= 0;

    /// <summary>What stands above: the input of the step that made this item.</summary>
    public Provenance Above => Plan is null ? (IsInput ? this with { Level = Level + 1 } : Computed) : Plan.Before(Step);
}

/// <summary>A path while it is compiled: which of its steps must remember their input for a later <c>%</c>.</summary>
internal sealed class PathPlan(Scope scope, Provenance start)
{
    private readonly List<Provenance> _results = [];
    private readonly List<string> _names = [];

    public Scope Scope { get; } = scope;

    /// <summary>The path's own variables in the order of a tuple's values.</summary>
    public IReadOnlyList<string> Names => _names;

    public bool NeedsTuples => _names.Count > 0;

    /// <summary>The provenance of the context in which the next step is evaluated.</summary>
    public Provenance Current => _results.Count == 0 ? start : _results[^1];

    public Provenance Before(int step) => step == 0 ? start : _results[step - 1];

    public void Add(Provenance result) => _results.Add(result);

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
