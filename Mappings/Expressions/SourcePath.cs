namespace Mappings.Expressions;

/// <summary>A path of names into the source, as an expression reads it.</summary>
/// <param name="Base">Where it starts.</param>
/// <param name="Variable">The variable's name when it starts there, else empty.</param>
/// <param name="Parts">The names from there on.</param>
public sealed record SourcePath(SourcePathBase Base, string Variable, IReadOnlyList<SourcePathPart> Parts)
{
    /// <summary>How many levels above the input it starts; only for <see cref="SourcePathBase.Parent"/>.</summary>
    public int Levels { get; init; }

    /// <summary>The path as one would write it, such as <c>$live.qty</c>.</summary>
    public override string ToString()
    {
        var start = Base switch
        {
            SourcePathBase.Document => "$$",
            SourcePathBase.Parent => string.Join('.', Enumerable.Repeat("%", Levels)),
            SourcePathBase.Variable => "$" + Variable,
            _ => string.Empty,
        };
        var names = string.Join('.', Parts.Select(p => p.Name));
        return start.Length == 0 ? names : names.Length == 0 ? start : start + "." + names;
    }
}
