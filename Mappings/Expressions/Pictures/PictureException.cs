namespace Mappings.Expressions.Pictures;

/// <summary>A picture that cannot be read, or a text that does not fit it; the function that was called turns it into an error at its place.</summary>
internal sealed class PictureException(string code, params (string Name, string Value)[] arguments) : Exception(code)
{
    public string Code { get; } = code;

    public (string Name, string Value)[] Arguments { get; } = arguments;
}
