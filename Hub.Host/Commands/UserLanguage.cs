using System.Globalization;

namespace Hub.Host.Commands;

/// <summary>
/// English or Chinese: <c>--language</c>, else <c>HUB_LANGUAGE</c>, else the POSIX locale variables, else the process's
/// culture. The locale variables are read here because the runtime does not in invariant mode.
/// </summary>
internal static class UserLanguage
{
    private static readonly string[] Variables = ["HUB_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"];

    private static bool _isChosen;

    /// <summary>What a configuration asks for; a language chosen on the command line stays.</summary>
    public static void ApplyConfigured(string? configured)
    {
        if (configured is not null && !_isChosen) Use(configured);
    }

    public static void Apply(string? chosen, Func<string, string?> environment)
    {
        var name = chosen ?? Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? CultureInfo.CurrentUICulture.Name;
        _isChosen = chosen is not null;
        Use(name);
    }

    private static void Use(string name)
    {
        var culture = name.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? new CultureInfo("zh-CN") : CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = culture;
        CultureInfo.DefaultThreadCurrentUICulture = culture;
    }
}
