using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Mappings.Mapping.Running;

/// <summary>Why a required field has no value: follows the path again and says where it ends and what stands there instead.</summary>
internal static class MissingValue
{
    private const int ShownText = 60;

    public static Finding Describe(MappingRun run, Evaluation text, in Value input, in Value value, bool isEmpty)
    {
        if (isEmpty) return text.Fault(run, value, "DAT304");
        if (value.IsNull) return text.Fault(run, value, "DAT303");
        return text.Expression.Facts.PlainPath is { Parts.Count: > 0 } path && Follow(run, text, input, path) is { } finding
            ? finding
            : text.Fault(run, input, "DAT302", ("expression", Cut(text.Expression.Text)));
    }

    private static Finding? Follow(MappingRun run, Evaluation text, in Value input, SourcePath path)
    {
        var holder = Start(run, path, input);
        foreach (var part in path.Parts)
        {
            // A list lacks what its elements lack; the first stands for all.
            if (holder.IsArray) holder = First(holder);
            if (!holder.IsObject) break;
            var next = holder.Member(part.Name);
            if (next.IsMissing) return Lacking(run, text, holder, part.Name, path.ToString());
            holder = next;
        }

        return null;
    }

    private static Finding Lacking(MappingRun run, Evaluation text, in Value holder, string name, string path)
    {
        var members = new List<string>();
        foreach (var member in holder.Members()) members.Add(member.Name);
        return text.Fault(run, holder, "DAT301", ("path", path), ("members", members.Count == 0 ? "-" : ValueRule.Listed(members)), ("hint", Renamed(name, members)));
    }

    private static string Renamed(string name, List<string> members) =>
        NameSuggestion.Closest(name, members) is { } near ? DiagnosticTexts.Catalog.Render("word.renamed", ("name", name), ("suggestion", near)) : string.Empty;

    private static Value Start(MappingRun run, SourcePath path, in Value input) => path.Base switch
    {
        SourcePathBase.Document => run.Context.Document,
        SourcePathBase.Parent when path.Levels <= run.Parents.Count => run.Parents[^path.Levels],
        SourcePathBase.Variable => run.Variable(path.Variable),
        _ => input,
    };

    private static Value First(in Value list)
    {
        foreach (var item in list.Items()) return item;
        return default;
    }

    private static string Cut(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= ShownText ? line : string.Concat(line.AsSpan(0, ShownText), "…");
    }
}
