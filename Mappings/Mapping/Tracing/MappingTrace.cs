using System.Text;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping.Running;

namespace Mappings.Mapping.Tracing;

/// <summary>
/// Watches a <see cref="MappingRun"/> and tells of every field where its value came from. It is the run itself that is watched:
/// nothing is evaluated a second time. Holds the last run only.
/// </summary>
public sealed class MappingTrace
{
    /// <summary>A document of more fields is told up to here.</summary>
    public const int MaximumFields = 2_000;

    private readonly List<FieldTrace?> _fields = [];
    private readonly Stack<TraceDraft> _open = [];
    private HashSet<string> _secretNames = [];

    /// <summary>The lets, then the fields in the order of the document.</summary>
    public IReadOnlyList<FieldTrace> Fields => [.. _fields.OfType<FieldTrace>()];

    /// <summary>True when there were more fields than are told.</summary>
    public bool IsCut { get; private set; }

    internal void Begin(MappingRun run)
    {
        _fields.Clear();
        _open.Clear();
        IsCut = false;
        _secretNames = [.. SecretNames.Of(run.Plan.Definition)];
    }

    internal void Reported(Finding finding)
    {
        if (_open.TryPeek(out var draft)) draft.Add(finding);
    }

    internal void Note(string key, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        if (_open.TryPeek(out var draft)) draft.Note(key, arguments);
    }

    /// <summary>A value before and after one of its rules; nothing is noted when it stayed what it was.</summary>
    internal void Changed(string key, in Scalar before, in Scalar after, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var (from, to) = (Show(before), Show(after));
        if (from != to) Note(key, [("from", from), ("to", to), .. arguments]);
    }

    internal void Translated(in Scalar before, in Scalar after, string table, bool isElse)
    {
        var key = isElse ? "trace.else" : table.Length > 0 ? "trace.lookup" : "trace.map";
        Note(key, ("from", Show(before)), ("to", Show(after)), ("table", table));
    }

    internal bool TryLet(LetDefinition let, Evaluation text, MappingRun run, in Value input, out Value value, out Finding? finding)
    {
        if (text.IsSecret) _secretNames.Add("$" + let.Name);
        var draft = new TraceDraft(run, "$" + let.Name, text.At, text, let.Expression.Text, text.IsSecret, _secretNames);
        var place = Open(run, draft);
        var isFine = text.TryRun(run, input, out value, out finding);
        if (!isFine) draft.Add(finding!);
        Close(run, draft, place, isFine && !value.IsMissing ? value.ToString() : null);
        return isFine;
    }

    internal bool Write(FieldCode field, MappingRun run, in Value input)
    {
        if (field.Definition is not { Form: not FieldForm.Object } definition) return field.Write(run, input);
        var text = definition.Text?.Text.Trim() ?? definition.Constant?.Text ?? string.Empty;
        var draft = new TraceDraft(run, run.PathOf(definition.Path), definition.Text?.PositionAt(0) ?? definition.At, field.Text, text, definition.Rules.IsSecret, _secretNames);
        var place = Open(run, draft);
        var start = run.Output.Length;
        var isWritten = field.Write(run, input);
        // The elements of a list of objects follow, field by field.
        var isList = definition is { Form: FieldForm.Each, Fields: not null };
        Close(run, draft, place, !isWritten ? null : isList ? "[…]" : Written(field, run, start));
        return isWritten;
    }

    private int Open(MappingRun run, TraceDraft draft)
    {
        _open.Push(draft);
        run.Context.Trace = draft.Trace;
        // The place is taken before the fields inside are met, so that a list stands before its elements.
        _fields.Add(null);
        return _fields.Count - 1;
    }

    private void Close(MappingRun run, TraceDraft draft, int place, string? written)
    {
        _open.Pop();
        run.Context.Trace = _open.TryPeek(out var outer) ? outer.Trace : null;
        if (place < MaximumFields) _fields[place] = draft.Finish(written);
        else
        {
            _fields.RemoveRange(place, _fields.Count - place);
            IsCut = true;
        }
    }

    /// <summary>What the field wrote behind its name.</summary>
    private static string Written(FieldCode field, MappingRun run, int start)
    {
        var json = run.Output.Written[start..];
        if (json.Length > 0 && json[0] == ',') json = json[1..];
        if (json.StartsWith(field.EncodedName)) json = json[field.EncodedName.Length..];
        return Encoding.UTF8.GetString(json);
    }

    private static string Show(in Scalar scalar)
    {
        var text = Encoding.UTF8.GetString(scalar.Utf8);
        return scalar.Kind == ValueKind.Text ? $"\"{text}\"" : text;
    }
}
