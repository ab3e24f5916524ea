using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Mappings.Formats.Json;
using Mappings.Mapping.Tracing;
using Mappings.Xrefs;

namespace Mappings.Mapping;

/// <summary>
/// What one thread needs to run one <see cref="MappingPlan"/>, kept from record to record: variables, limits, buffers.
/// Not thread-safe; the plan is.
/// </summary>
public sealed class MappingRun : IDisposable
{
    private readonly Value[] _given;
    private readonly List<Finding> _findings = [];
    private byte[] _text = new byte[256];
    private byte[] _converted = new byte[512];
    private Tape? _tape;
    private int _errors;

    /// <param name="plan">The only plan it can run.</param>
    /// <param name="clock">Measures the time limit of expressions and sets <see cref="Now"/> at the start.</param>
    public MappingRun(MappingPlan plan, TimeProvider? clock = null, ExpressionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        Context = new EvaluationContext(plan.Slots.Names, limits, clock);
        Now = Context.Now;
        _given = new Value[plan.Slots.GivenCount];
    }

    /// <summary>What <c>$now</c> and <c>$millis</c> say.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Starts <c>$random</c>.</summary>
    public int Seed { get; set; }

    /// <summary>Turns a line and column of the record's tape into the position that findings show; the default calls the file "message".</summary>
    public Func<int, int, SourcePosition> Place { get; set; } = static (line, column) => new SourcePosition("message", line, column);

    /// <summary>Answers for <c>xref</c>; the default knows nothing and finds nothing.</summary>
    public IXrefSource XrefSource { get; set; } = new MemoryXrefs();

    /// <summary>Receives what a run learns about the identity map; untouched by a mapping that has nothing to do with it.</summary>
    public XrefNotes Xrefs { get; set; } = new();

    /// <summary>Sees where each value comes from; null (the default) costs nothing.</summary>
    public MappingTrace? Trace { get; set; }

    internal MappingPlan Plan { get; }

    internal EvaluationContext Context { get; }

    internal Utf8JsonOutput Output { get; } = new();

    /// <summary>The inputs around the current one, the innermost last.</summary>
    internal List<Value> Parents { get; } = [];

    /// <summary>The positions in the lists around the current field.</summary>
    internal List<int> Indices { get; } = [];

    /// <summary>What the record stands on; null when it was computed.</summary>
    internal Tape? RecordTape => _tape;

    internal TapeBuilder TargetBuilder { get; } = new();

    internal bool IsFull => _errors >= MappingPlan.MaxFindings;

    internal bool HasErrors => _errors > 0;

    /// <summary>Sets a variable for the runs that follow, until it is set again.</summary>
    /// <exception cref="ArgumentException">The plan was compiled without such a variable.</exception>
    public void SetVariable(string name, in Value value)
    {
        var slot = Plan.Slots.Given(name);
        if (slot < 0) throw new ArgumentException($"The mapping has no variable {name}.", nameof(name));
        _given[slot] = value;
    }

    public void Dispose() => Output.Dispose();

    internal void Begin(in Value record)
    {
        Context.Begin(Now, Seed);
        _given.CopyTo(Context.Variables, 0);
        Context.Document = record;
        Context[Plan.Slots.Source] = record;
        Parents.Clear();
        Indices.Clear();
        Context.Parents = Parents;
        Output.Clear();
        _findings.Clear();
        _errors = 0;
        if (Plan.UsesXrefs) Xrefs.Clear();
        Trace?.Begin(this);
        Context.Trace = null;
        _tape = record.TryGetNode(out var tape, out _) ? tape : null;
    }

    internal IReadOnlyList<Finding> TakeFindings() => _findings.Count == 0 ? [] : _findings.ToArray();

    internal IReadOnlyList<Finding> TakeWarnings() => [.. _findings.Select(f => f with { Severity = Severity.Warning })];

    internal void Report(Finding finding)
    {
        if (finding.Severity == Severity.Error) _errors++;
        else if (_findings.Count - _errors >= MappingPlan.MaxFindings) return;
        _findings.Add(finding);
        Trace?.Reported(finding);
    }

    /// <summary>Where a value stands in the input; what was computed or looked up stands where the record begins.</summary>
    internal SourcePosition PositionOf(in Value value)
    {
        var found = value;
        if (!value.TryGetNode(out var tape, out _) || tape != _tape) found = Context[Plan.Slots.Source];
        if (!found.TryGetNode(out tape, out var node)) return Place(1, 1);
        var (line, column) = tape.PositionOf(node);
        return Place(line, column);
    }

    /// <summary>The target path with the positions in the lists around it.</summary>
    internal string PathOf(string template)
    {
        if (Indices.Count == 0) return template;
        var text = new StringBuilder();
        var parts = template.Split("[]");
        for (var i = 0; i < parts.Length; i++)
        {
            text.Append(parts[i]);
            if (i == parts.Length - 1) break;
            text.Append('[');
            if (i < Indices.Count) text.Append(Indices[i]);
            text.Append(']');
        }

        return text.ToString();
    }

    internal Value Variable(string name)
    {
        var slot = Array.LastIndexOf(Plan.Slots.Names, name);
        return slot < 0 ? default : Context[slot];
    }

    /// <summary>A computed text as UTF-8, valid until the next one.</summary>
    internal ReadOnlySpan<byte> Encode(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most) _text = new byte[most];
        return _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text));
    }

    /// <summary>A computed number as JSON writes it, valid until the next text.</summary>
    internal ReadOnlySpan<byte> Digits(scoped in Value number)
    {
        if (_text.Length < 512) _text = new byte[512];
        return _text.AsSpan(0, NumberText.Write(number, _text));
    }

    /// <summary>Room for a converted value, valid until the next one.</summary>
    internal Span<byte> Room(int length)
    {
        if (_converted.Length < length) _converted = new byte[Math.Max(length, _converted.Length * 2)];
        return _converted;
    }
}
