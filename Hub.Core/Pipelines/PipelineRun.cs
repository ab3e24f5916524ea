using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;

namespace Hub.Core.Pipelines;

/// <summary>
/// What a pipeline runs on: one message and the buffers it is worked on in. Rented from a <see cref="PipelineRunPool"/>,
/// filled by the caller, used by one pipeline run at a time, and given back by <see cref="Dispose"/>; the tape and
/// whatever points into it are gone then, the outcome's bodies are not.
/// </summary>
public sealed class PipelineRun : IDisposable
{
    /// <summary>The variable that holds the whole document inside a part of it.</summary>
    internal const string MessageVariable = "message";

    /// <summary>One huge message must not hold memory for ever: buffers beyond this go with it.</summary>
    private const int KeptBytes = 1 << 20;

    private readonly PipelineRunPool _pool;
    private readonly EvaluationContext _context;
    private bool _rented;
    private SourcePosition? _start;
    private Value _part;

    internal PipelineRun(PipelineRunPool pool, IRequestGateway gateway, TimeProvider clock)
    {
        _pool = pool;
        _context = new EvaluationContext([MessageVariable], ExpressionLimits.Default, clock);
        Gateway = gateway;
        Document = Builder.Build();
    }

    /// <summary>The reader of the record writes straight into this.</summary>
    public TapeBuilder Builder { get; } = new();

    /// <summary>
    /// The record as read; by default what <see cref="Builder"/> holds. It stays as it is while steps change what they
    /// work on. Its positions are relative to the file that <see cref="MessageAttributes.Origin"/> names, or to the body;
    /// a record read from <see cref="Body"/> itself is moved to its origin by the run.
    /// </summary>
    public Tape Document { get; set; }

    /// <summary>
    /// False when the document was read from the journal's JSON and the sender had sent another format: findings then name
    /// the record's start, since places inside that JSON mean nothing to the sender. Default true.
    /// </summary>
    public bool HasInputPositions { get; set; } = true;

    /// <summary>The record as UTF-8 JSON, as the journal keeps it. Must stay unchanged until the run has ended.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The message; none before it has an id.</summary>
    public MessageId Id { get; set; }

    /// <summary>The attributes it came in with; the origin says where the record begins.</summary>
    public MessageAttributes Attributes { get; set; } = MessageAttributes.None;

    /// <summary>The message's time: the same for every expression of the run, and for every run of the message.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>
    /// The endpoint that was asked last. When <see cref="PipelineDefinition.RunAsync"/> throws a
    /// <see cref="Hub.Abstractions.TransientException"/>, the retry policy of its system says when to run again.
    /// </summary>
    public EndpointName? Asked { get; internal set; }

    internal IRequestGateway Gateway { get; }

    internal RunDocument Current { get; } = new();

    internal List<Finding> Findings { get; } = [];

    internal List<DeliveryRecord> Deliveries { get; } = [];

    internal List<StepOutcome> Outcomes { get; } = [];

    /// <summary>What the split step found: the elements that become documents.</summary>
    internal Value Parts { get; set; }

    /// <summary>The part being worked on, from 0.</summary>
    internal int Part { get; set; }

    /// <summary>Where the record, or the part of it that is worked on, begins in the input. Looked up for findings only: it counts lines.</summary>
    internal SourcePosition Start => _start ??= Locate();

    /// <summary>Gives the run back to its pool; a second call does nothing.</summary>
    public void Dispose()
    {
        if (!_rented) return;
        _rented = false;
        Reset();
        Builder.Reset(default);
        Current.Clear(KeptBytes);
        _context.Begin(default);
        Document = Builder.Build();
        Body = default;
        Id = MessageId.None;
        Attributes = MessageAttributes.None;
        Now = default;
        HasInputPositions = true;
        _pool.Return(this);
    }

    internal void Rented() => _rented = true;

    internal void Begin()
    {
        Reset();
        if (HasInputPositions && Document.Input.Equals(Body) && ReferenceEquals(Document, Builder.Build()) && RunPlace.TryStart(Attributes.Origin, out var line, out var column))
            Builder.Origin(line, column);
        Current.Begin(Document, Body, HasInputPositions);
    }

    /// <summary>The current document's value; false, with the reason among the findings, when it cannot be read.</summary>
    internal bool TryGetDocument(SourcePosition at, string path, out Value document) =>
        Read(Current.TryGet(out document, out var error), error, at, path);

    /// <summary>The current document as a node of a tape; false, with the reason among the findings, when it cannot be read.</summary>
    internal bool TryGetNode(SourcePosition at, string path, out Tape tape, out int node) =>
        Read(Current.TryGetNode(out tape, out node, out var error), error, at, path);

    /// <summary>Evaluates over the current document; false, with the reason among the findings, when that fails.</summary>
    internal bool TryEvaluate(StepExpression expression, string path, out Value value)
    {
        value = default;
        if (!TryGetDocument(expression.At, path, out var document)) return false;
        try
        {
            value = expression.Code.Evaluate(Context(), document);
            return true;
        }
        catch (MappingException failure)
        {
            var input = (failure as EvaluationException)?.InputPosition;
            foreach (var finding in failure.Findings)
            {
                var at = input is var (line, column) && Current.HasInputPositions ? new SourcePosition(Start.File, line, column) : Start;
                Findings.Add(finding with { At = at, Mapping = finding.At, Path = finding.Path.Length == 0 ? path : finding.Path });
            }

            return false;
        }
    }

    /// <summary>A context for the current document, with all limits anew.</summary>
    internal EvaluationContext Context()
    {
        _context.Begin(Now);
        _context[0] = Current.Message;
        return _context;
    }

    /// <summary>An error of the data: at the place in the input, with the line of the configuration that met it.</summary>
    internal void Fail(string code, SourcePosition mapping, string path, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Findings.Add(Finding.Error(code, Start, path, arguments) with { Mapping = mapping });

    /// <summary>A finding about the current document: its place is the record's start when the document's own places mean nothing to the sender.</summary>
    internal Finding InInput(Finding finding) => Current.HasInputPositions ? finding : finding with { At = Start, Length = 0 };

    /// <summary>Where the record's JSON begins in its file, while the current document's places are places in that JSON; else null.</summary>
    internal (int Line, int Column)? InputStart() =>
        Current.HasInputPositions && !Current.IsPart && Document.Input.Span.SequenceEqual(Body.Span) ? (Math.Max(1, Start.Line), Math.Max(1, Start.Column)) : null;

    /// <summary>A delivery of the current document to each endpoint.</summary>
    internal void Deliver(ReadOnlySpan<EndpointName> targets)
    {
        var body = Current.Keep();
        foreach (var target in targets) Deliveries.Add(new DeliveryRecord(target, Part, body));
    }

    /// <summary>Notes how a step ended; the parts of a split message share one outcome a step, in which the worst part's result stands beside the time of all.</summary>
    internal void Note(int step, StepResultKind result, TimeSpan time)
    {
        var microseconds = (int)Math.Min(time.TotalMicroseconds, int.MaxValue);
        if (step == Outcomes.Count)
        {
            Outcomes.Add(new StepOutcome((byte)step, result, microseconds));
            return;
        }

        var before = Outcomes[step];
        var both = before.Result == StepResultKind.Failed || result == StepResultKind.Failed ? StepResultKind.Failed
            : before.Result == StepResultKind.Passed || result == StepResultKind.Passed ? StepResultKind.Passed
            : StepResultKind.Filtered;
        Outcomes[step] = new StepOutcome((byte)step, both, (int)Math.Min((long)before.Microseconds + microseconds, int.MaxValue));
    }

    /// <summary>The whole document, before its parts take its place one after the other.</summary>
    internal WholeDocument BeginParts()
    {
        Current.BeginParts();
        return new WholeDocument(Current.Message, Current.HasInputPositions);
    }

    internal void EnterPart(in WholeDocument whole, in Value element)
    {
        var hasInputPositions = whole.HasInputPositions && element.TryGetNode(out _, out _);
        Current.EnterPart(whole.Value, element, hasInputPositions);
        _part = hasInputPositions ? element : default;
        _start = null;
    }

    /// <summary>Puts the part's name before the paths of the findings it brought.</summary>
    internal void NamePart(int known, SplitStep split)
    {
        for (var i = known; i < Findings.Count; i++)
        {
            var path = Findings[i].Path;
            Findings[i] = Findings[i] with { Path = path.Length == 0 ? split.Label(Part) : $"{split.Label(Part)}: {path}" };
        }
    }

    private SourcePosition Locate()
    {
        var record = RunPlace.Of(Attributes);
        if (!_part.TryGetNode(out var tape, out var node)) return record;
        var (line, column) = tape.PositionOf(node);
        return new SourcePosition(record.File, line, column);
    }

    private bool Read(bool read, Finding? error, SourcePosition at, string path)
    {
        if (!read) Findings.Add(error! with { At = Start, Mapping = at, Path = path });
        return read;
    }

    private void Reset()
    {
        Findings.Clear();
        Deliveries.Clear();
        Outcomes.Clear();
        Part = 0;
        Parts = default;
        _part = default;
        _start = null;
        Asked = null;
    }
}
