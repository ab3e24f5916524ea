using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping.Running;

namespace Mappings.Mapping.Tracing;

/// <summary>A field that is being traced.</summary>
internal sealed class TraceDraft
{
    private const int MaximumSources = 12;
    private const int MaximumNotes = 12;
    private const int ShownJson = 400;

    private readonly MappingRun _run;
    private readonly string _path;
    private readonly SourcePosition _at;
    private readonly Evaluation? _text;
    private readonly string _shownText;
    private readonly bool _isSecret;
    private readonly IReadOnlySet<string> _secretNames;
    private readonly HashSet<(object?, int)> _seen = [];
    private readonly List<TraceSource> _sources = [];
    private readonly List<TraceNote> _notes = [];
    private readonly List<Finding> _findings = [];
    private int _more;

    public TraceDraft(MappingRun run, string path, SourcePosition at, Evaluation? text, string shownText, bool isSecret, IReadOnlySet<string> secretNames)
    {
        _run = run;
        _path = path;
        _at = at;
        _text = text;
        _shownText = shownText;
        _isSecret = isSecret;
        _secretNames = secretNames;
        Trace = See;
    }

    public ExpressionTrace Trace { get; }

    public void Add(Finding finding) => _findings.Add(finding);

    public void Note(string key, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        if (_notes.Count == MaximumNotes) return;
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments) shown[name] = _isSecret && name is "from" or "to" ? Hidden : value;
        _notes.Add(new TraceNote(key, shown));
    }

    /// <param name="written">The JSON that was written; null when nothing was.</param>
    public FieldTrace Finish(string? written) => new()
    {
        Path = _path,
        Mapping = _at,
        Text = _shownText,
        Value = written is null ? null : _isSecret ? Hidden : Cut(written),
        Sources = _sources,
        MoreSources = _more,
        Notes = _notes,
        Findings = _findings,
        Reads = _text is null ? [] : [.. _text.Expression.Facts.Paths.Select(path => path.ToString()).Union(_text.Expression.Facts.Variables.Select(name => "$" + name))],
    };

    /// <summary>Of the parts of an expression those tell where a value came from that are single values of the record, variables, table look-ups, and paths without a value.</summary>
    private void See(int start, int end, in Value value)
    {
        var text = _text!.Expression.Text[start..end];
        if (value.IsMissing) Missing(text);
        else if (value.TryGetNode(out var tape, out var node) && tape == _run.RecordTape)
        {
            if (value.IsArray || value.IsObject || !_seen.Add((tape, node))) return;
            var path = TapePath.Of(tape, node);
            Add(new TraceSource(path, Show(value, _secretNames.Contains(LastName(path))), _run.PositionOf(value)));
        }
        else if (text.StartsWith('$') && !value.IsObject && (IsVariable(text) || text.StartsWith("$" + TableFunction.Name + "(", StringComparison.Ordinal)) && _seen.Add((text, 0)))
            Add(new TraceSource(text, Show(value, _secretNames.Contains(LastName(text)) || _secretNames.Contains(text.Split('.')[0])), null));
    }

    /// <summary>A path that met nothing; the parts of it, which come before it, say no more than the whole.</summary>
    private void Missing(string text)
    {
        var isPath = text.Length > 0 && (char.IsLetter(text[0]) || text[0] is '_' or '$' or '%' or '`') && !text.Contains('(', StringComparison.Ordinal);
        if (!isPath || !_seen.Add((text, 1))) return;
        while (_sources.Count > 0 && _sources[^1] is { Value: null } last && text.Contains(last.Path, StringComparison.Ordinal)) _sources.RemoveAt(_sources.Count - 1);
        Add(new TraceSource(text, null, null));
    }

    /// <summary>A variable, or a path of names behind one, such as <c>$file.header.no</c>.</summary>
    private bool IsVariable(string text)
    {
        var end = text.IndexOf('.', StringComparison.Ordinal);
        return text.Skip(1).All(c => char.IsLetterOrDigit(c) || c is '_' or '.') && Array.IndexOf(_run.Plan.Slots.Names, end < 0 ? text[1..] : text[1..end]) >= 0;
    }

    private void Add(TraceSource source)
    {
        if (_sources.Count < MaximumSources) _sources.Add(source);
        else _more++;
    }

    private string Show(in Value value, bool isSecret) => _isSecret || isSecret ? Hidden : ShownValue.Of(value);

    private static string LastName(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('.') + 1);
        var bracket = name.IndexOf('[');
        return (bracket < 0 ? name : name[..bracket]).ToString();
    }

    private static string Cut(string json) => json.Length <= ShownJson ? json : json[..ShownJson] + "…";

    private static string Hidden => DiagnosticTexts.Catalog.Render("word.hidden");
}
