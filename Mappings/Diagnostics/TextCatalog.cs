using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mappings.Diagnostics;

/// <summary>
/// The texts users read, one embedded YAML file a language (<c>FOLDER/en.yaml</c>, <c>FOLDER/zh.yaml</c>): flat
/// <c>KEY: text</c> entries with <c>{name}</c> placeholders. A key that Chinese lacks is shown in English.
/// </summary>
public sealed class TextCatalog
{
    private readonly FrozenDictionary<string, string> _english;
    private readonly FrozenDictionary<string, string> _chinese;

    /// <param name="assembly">The assembly that embeds the files.</param>
    /// <param name="folder">The resource prefix, such as <c>Mappings.Diagnostics.Texts</c>.</param>
    public TextCatalog(Assembly assembly, string folder)
    {
        _english = Load(assembly, folder + ".en.yaml");
        _chinese = Load(assembly, folder + ".zh.yaml");
    }

    /// <summary>All keys of one language, for the tests that hold the languages together.</summary>
    public IReadOnlyDictionary<string, string> Language(string name) => name == "zh" ? _chinese : _english;

    public static bool IsChinese(CultureInfo? culture) => (culture ?? CultureInfo.CurrentUICulture).Name.StartsWith("zh", StringComparison.Ordinal);

    /// <summary>The text for a key, or null when no language has it.</summary>
    public string? TryRender(string key, IReadOnlyDictionary<string, string> arguments, CultureInfo? culture = null)
    {
        if (!(IsChinese(culture) && _chinese.TryGetValue(key, out var template)) && !_english.TryGetValue(key, out template)) return null;
        return Fill(template, arguments);
    }

    /// <summary>The text for a key. An unknown key renders as itself with its arguments, so that nothing is ever hidden.</summary>
    public string Render(string key, IReadOnlyDictionary<string, string> arguments, CultureInfo? culture = null) =>
        TryRender(key, arguments, culture)
        ?? $"{key} {string.Join(", ", arguments.Select(a => $"{a.Key}={a.Value}"))}".TrimEnd();

    public string Render(string key, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var values = new Dictionary<string, string>(arguments.Length, StringComparer.Ordinal);
        foreach (var (name, value) in arguments) values[name] = value;
        return Render(key, values);
    }

    private static string Fill(string template, IReadOnlyDictionary<string, string> arguments)
    {
        if (!template.Contains('{', StringComparison.Ordinal)) return template;
        var text = new StringBuilder(template.Length + 32);
        for (var i = 0; i < template.Length; i++)
        {
            var end = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (end > i && arguments.TryGetValue(template[(i + 1)..end], out var value))
            {
                text.Append(value);
                i = end;
            }
            else text.Append(template[i]);
        }

        return text.ToString();
    }

    private static FrozenDictionary<string, string> Load(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var parser = new Parser(reader);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        string? key = null;
        while (parser.MoveNext())
        {
            if (parser.Current is not Scalar scalar) continue;
            if (key is null) key = scalar.Value;
            else
            {
                if (!texts.TryAdd(key, scalar.Value)) throw new InvalidOperationException($"{resource} has the key {key} twice.");
                key = null;
            }
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
