namespace Mappings.Expressions.Syntax;

/// <summary>Ends the parse of one expression; the compiler turns it into a finding.</summary>
internal sealed class SyntaxException(string code, int start, int end, params (string Name, string Value)[] arguments) : Exception(code)
{
    public string Code { get; } = code;

    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>Offset of the bracket that is not closed; null when it is not about one.</summary>
    public int? Opened { get; init; }

    public (string Name, string Value)[] Arguments { get; } = arguments;
}
