namespace Mappings.Diagnostics;

/// <summary>A place in a text file.</summary>
/// <param name="File">Path as the user wrote or would write it (relative to the configuration folder), or a name such as "message".</param>
/// <param name="Line">Line, counted from 1; 0 when the place is the file as a whole.</param>
/// <param name="Column">Column in characters, counted from 1, a tab counting as one; 0 when only the line is known.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary>The place of something that stands in no file.</summary>
    public static SourcePosition None { get; } = new(string.Empty, 0, 0);

    public static SourcePosition WholeFile(string file) => new(file, 0, 0);

    public bool IsNone => string.IsNullOrEmpty(File);

    /// <summary><c>file:line:column</c>, leaving out what is not known.</summary>
    public override string ToString() =>
        Line == 0 ? File : Column == 0 ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
}
