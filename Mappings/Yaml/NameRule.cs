namespace Mappings.Yaml;

/// <summary>What a name of something configured looks like: at most 100 letters (of any language), digits, <c>-</c> and <c>_</c>, a letter first.</summary>
public static class NameRule
{
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && char.IsLetter(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
}
