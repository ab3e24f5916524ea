namespace Mappings.Expressions;

/// <summary>Where a <see cref="SourcePath"/> starts.</summary>
public enum SourcePathBase
{
    /// <summary>The input of the expression.</summary>
    Input,

    /// <summary>The whole document, <c>$$</c>.</summary>
    Document,

    /// <summary>A record around the input, <c>%</c>.</summary>
    Parent,

    /// <summary>A variable from outside.</summary>
    Variable,
}
