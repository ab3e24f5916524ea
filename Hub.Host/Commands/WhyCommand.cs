using System.CommandLine;
using System.Globalization;
using Connectors.Sandbox;
using Hub.Host.Hosting;
using Mappings.Diagnostics;
using Mappings.Mapping.Provenance;

namespace Hub.Host.Commands;

/// <summary><c>hub why MAPPING [FIELD]</c>: what a field of the target can depend on, without running anything.</summary>
internal static class WhyCommand
{
    private const int LabelWidth = 9;

    public static Command Build(CommandOutput output)
    {
        var name = new Argument<string>("MAPPING") { Description = CommandTexts.Get("argument.mapping") };
        var field = new Argument<string?>("FIELD") { Description = CommandTexts.Get("argument.field"), Arity = ArgumentArity.ZeroOrOne };
        var config = CommonOptions.Config();
        var environment = CommonOptions.Environment();
        var json = CommonOptions.Json();
        var command = new Command("why", CommandTexts.Get("why.description")) { name, field, config, environment, json };
        command.SetAction(result =>
        {
            var configuration = new HubConfiguration(result.GetRequiredValue(config), result.GetValue(environment), new SandboxDirectory(), TimeProvider.System);
            var findings = new Findings();

            // A field may stand behind the file's name, as findings and documents write it.
            var parts = result.GetRequiredValue(name).Split('#', 2);
            if (MappingNames.Plan(configuration, NameOf(parts[0]), findings) is not { } plan)
            {
                output.Findings(findings.Sorted().Select(configuration.Shown));
                return ExitCode.Findings;
            }

            var fields = MappingProvenance.Of(plan);
            var wanted = result.GetValue(field) ?? (parts.Length > 1 ? parts[1] : null);
            var chosen = wanted is null ? fields : [.. fields.Where(f => Fits(f.Path, wanted))];
            if (chosen.Count == 0)
            {
                Unknown(plan.Definition.Name, wanted!, fields, output);
                return ExitCode.Findings;
            }

            if (result.GetValue(json)) output.Json(new { mapping = plan.Definition.Name, fields = chosen.Select(View) });
            else Print(chosen, isBrief: wanted is null, output);
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>A path to the file names the mapping as well.</summary>
    private static string NameOf(string text) => text.EndsWith(".yaml", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(text) : text;

    /// <summary>The field itself or all fields inside of it; brackets may be left out.</summary>
    private static bool Fits(string path, string wanted)
    {
        var (plain, asked) = (Plain(path), Plain(wanted));
        return plain == asked || plain.StartsWith(asked + ".", StringComparison.Ordinal);
    }

    private static string Plain(string path) => path.Replace("[]", string.Empty, StringComparison.Ordinal);

    private static void Unknown(string mapping, string wanted, IReadOnlyList<FieldProvenance> fields, CommandOutput output)
    {
        var known = fields.Select(f => f.Path).ToList();
        var last = wanted[(wanted.LastIndexOf('.') + 1)..];
        var near = NameSuggestion.Closest(Plain(wanted), known.Select(Plain)) ?? known.Select(Plain).FirstOrDefault(p => NameSuggestion.Closest(last, [p[(p.LastIndexOf('.') + 1)..]]) is not null);
        var finding = Finding.Error(near is null ? "HUB936" : "HUB935", SourcePosition.None, string.Empty, ("mapping", mapping), ("field", wanted), ("hint", near ?? string.Empty), ("known", string.Join(", ", known)));
        output.Findings([finding]);
    }

    private static void Print(IReadOnlyList<FieldProvenance> fields, bool isBrief, CommandOutput output)
    {
        var width = fields.Max(f => f.Path.Length);
        foreach (var field in fields)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(field.At.File)}:{field.At.Line}");
            if (isBrief)
            {
                var sources = field.Constant is { } constant ? $"const {constant}" : string.Join(", ", field.From.Concat(field.Through.Where(l => l.Kind is "lookup" or "table" or "xref" or "function").Select(l => $"{l.Kind} {l.Name}")));
                output.Line($"{field.Path.PadRight(width)}  {(sources.Length == 0 ? "-" : sources)}");
                continue;
            }

            output.Line($"{field.Path}   {(field.Rules.Count == 0 ? CommandTexts.Get("why.asis") : string.Join(", ", field.Rules))}   {place}");
            if (field.Constant is { } value) Lines("why.from", [$"const {value}"], output);
            Lines("why.from", field.From.Count == 0 ? [] : [string.Join(", ", field.From)], output);
            Lines("why.through", [.. Joined(field.Through)], output);
            Lines("why.used", [.. field.UsedBy.Select(Text)], output);
        }
    }

    /// <summary>A list that is a let is told in one line with it.</summary>
    private static IEnumerable<string> Joined(IReadOnlyList<ProvenanceLink> links)
    {
        var told = new HashSet<ProvenanceLink>();
        foreach (var link in links)
        {
            if (told.Contains(link)) continue;
            if (link.Kind == "each" && links.FirstOrDefault(l => l.Kind == "let" && l.Name == link.Name) is { } let)
            {
                told.Add(let);
                yield return $"each {link.Name} ({Line(link.At)}) = {OriginLines.OneLine(let.Text!)} ({Line(let.At)})";
            }
            else yield return Text(link);
        }
    }

    private static string Text(ProvenanceLink link)
    {
        var name = link.Kind switch
        {
            "let" => $"{link.Name} = {OriginLines.OneLine(link.Text!)}",
            "check" => $"check \"{link.Name}\"",
            "variable" or "function" => link.Name,
            _ => $"{link.Kind} {link.Name}",
        };
        return link.At.IsNone ? name : $"{name} ({Line(link.At)})";
    }

    private static string Line(SourcePosition at) => CommandTexts.Get("why.line", ("line", at.Line.ToString(CultureInfo.InvariantCulture)));

    private static void Lines(string label, IReadOnlyList<string> lines, CommandOutput output)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var word = i == 0 ? CommandTexts.Get(label) : string.Empty;

            // A Chinese character is two columns wide.
            var columns = word.Sum(c => c >= 0x2E80 ? 2 : 1);
            output.Line($"  {word}{new string(' ', Math.Max(1, LabelWidth - columns))}{lines[i]}");
        }
    }

    private static object View(FieldProvenance field) => new
    {
        field = field.Path,
        rules = field.Rules,
        at = field.At.ToString(),
        constant = field.Constant,
        from = field.From,
        through = field.Through.Select(LinkView),
        usedBy = field.UsedBy.Select(LinkView),
    };

    private static object LinkView(ProvenanceLink link) => new { kind = link.Kind, name = link.Name, text = link.Text, at = link.At.IsNone ? null : link.At.ToString() };
}
