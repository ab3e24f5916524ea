using System.Reflection;
using System.Text.RegularExpressions;
using Specs.Steps;

namespace Specs.Checks;

/// <summary>The constants of the two phrase files, in the order they are written.</summary>
internal static class Phrases
{
    private const string FirstWord = nameof(EnglishPhrases.FieldHeading);

    public static IReadOnlyList<(string Name, string Text)> English { get; } = Of(typeof(EnglishPhrases));

    public static IReadOnlyList<(string Name, string Text)> Chinese { get; } = Of(typeof(ChinesePhrases));

    /// <summary>Those that are steps: before the single words of tables and times.</summary>
    public static IReadOnlyList<(string Name, string Text)> Steps(IReadOnlyList<(string Name, string Text)> phrases) =>
        [.. phrases.TakeWhile(p => p.Name != FirstWord)];

    /// <summary>SpecFlow matches a phrase from the beginning of a step to its end.</summary>
    public static bool Matches(string phrase, string step) => Regex.IsMatch(step, $"^{phrase}$", RegexOptions.CultureInvariant);

    public static int Parameters(string phrase) => new Regex(phrase).GetGroupNumbers().Length - 1;

    private static (string Name, string Text)[] Of(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(f => f.MetadataToken).Select(f => (f.Name, (string)f.GetRawConstantValue()!)),
    ];
}
