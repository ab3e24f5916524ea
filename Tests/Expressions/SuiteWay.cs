using Mappings.Expressions;

namespace Tests.Expressions;

/// <summary>One way through the engine: which shortcuts the compiler takes, and what the input is made of.</summary>
/// <param name="FromBytes">True for bytes read onto a tape, as the hub reads messages; false for computed values.</param>
internal sealed record SuiteWay(string Name, Shortcuts Shortcuts, bool FromBytes)
{
    public static IReadOnlyDictionary<string, SuiteWay> All { get; } = Ways().ToDictionary(w => w.Name, StringComparer.Ordinal);

    private static IEnumerable<SuiteWay> Ways()
    {
        yield return new SuiteWay("bytes, all shortcuts", Shortcuts.All, true);
        yield return new SuiteWay("bytes, no shortcut", Shortcuts.None, true);
        yield return new SuiteWay("values, all shortcuts", Shortcuts.All, false);
        yield return new SuiteWay("values, no shortcut", Shortcuts.None, false);
        foreach (var one in Enum.GetValues<Shortcuts>())
        {
            if (one is Shortcuts.None or Shortcuts.All) continue;
            yield return new SuiteWay($"bytes, {one} alone", one, true);

            // Paths are what it computes with.
            if (one is Shortcuts.Registers) yield return new SuiteWay("bytes, Registers and PlainPaths alone", one | Shortcuts.PlainPaths, true);
        }
    }
}
