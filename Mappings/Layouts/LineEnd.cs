namespace Mappings.Layouts;

/// <summary>What stands behind a line: <c>line.end:</c>. Reading takes LF with or without CR for both of the first two.</summary>
public enum LineEnd
{
    Crlf,
    Lf,

    /// <summary>Nothing: the next line follows after <c>line.length</c>.</summary>
    None,
}
