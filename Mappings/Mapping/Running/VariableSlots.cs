namespace Mappings.Mapping.Running;

/// <summary>
/// The variables of a mapping's expressions, each by its place: those given from outside with <c>$file</c>, <c>$source</c>, <c>$index</c>,
/// the lets in order, <c>$target</c>. The order makes what an expression may see a prefix.
/// </summary>
internal sealed class VariableSlots
{
    public const string File = "file";

    private readonly string[] _names;
    private readonly int _lets;

    public VariableSlots(IReadOnlyList<string> given, IEnumerable<string> lets)
    {
        GivenCount = given.Count + 1;
        _names = [.. given, File, "source", "index", .. lets, "target"];
        _lets = GivenCount + 2;
    }

    public string[] Names => _names;

    public int GivenCount { get; }

    public int Source => GivenCount;

    public int Index => GivenCount + 1;

    public int Target => _names.Length - 1;

    public int Let(int position) => _lets + position;

    public int Given(string name) => Array.IndexOf(_names, name, 0, GivenCount);

    /// <summary>What the let at a position may use: the ones before it.</summary>
    public string[] BeforeLet(int position) => _names[..(_lets + position)];

    public string[] InFields => _names[..^1];
}
