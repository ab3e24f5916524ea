using Mappings.Diagnostics;

namespace Hub.Host.Commands;

/// <summary>What the command line says, in English and Chinese.</summary>
internal static class CommandTexts
{
    private static readonly TextCatalog Texts = new(typeof(CommandTexts).Assembly, "Hub.Host.Texts");

    public static TextCatalog Catalog => Texts;

    public static string Get(string key, params ReadOnlySpan<(string Name, string Value)> arguments) => Texts.Render(key, arguments);
}
