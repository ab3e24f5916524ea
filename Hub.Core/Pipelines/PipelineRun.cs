using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Xrefs;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Xrefs;

namespace Hub.Core.Pipelines;

/// <summary>
/// What a pipeline runs on: one message and the buffers it is worked on in. Rented from a <see cref="PipelineRunPool"/>,
/// filled by the caller, used by one pipeline run at a time, and given back by <see cref="Dispose"/>; the tape and
/// whatever points into it are gone then, the outcome's bodies are not.
/// </summary>
public sealed partial class PipelineRun : IDisposable
{
    /// <summary>The variable that holds the whole document inside a part of it.</summary>
    internal const string MessageVariable = "message";

    /// <summary>One huge message must not hold memory for ever: buffers beyond this go with it.</summary>
    private const int KeptBytes = 1 << 20;

    private readonly PipelineRunPool _pool;
    private readonly EvaluationContext _context;
    private bool _rented;
    private SourcePosition? _start;
    private string? _name;
    private Value _part;
    private TapeBuilder? _file;
    private string? _fileJson;

    internal PipelineRun(PipelineRunPool pool, IRequestGateway gateway, IXrefLookup xrefs, TimeProvider clock)
    {
        _pool = pool;
        _context = new EvaluationContext([MessageVariable], ExpressionLimits.Default, clock);
        Gateway = gateway;
        Xrefs = xrefs;
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

    /// <summary>Watches the run to explain a message; null when the message is to go on.</summary>
    internal RunTrace? Trace { get; set; }

    internal IRequestGateway Gateway { get; }

    internal IXrefLookup Xrefs { get; }

    /// <summary>Entries of the identity map that the hub made for this message.</summary>
    internal IReadOnlyList<XrefEntry> Created { get; private set; } = [];

    /// <summary>Entries of the identity map it was mapped without.</summary>
    internal IReadOnlyList<XrefKey> Wanted { get; private set; } = [];

    /// <summary>The entry that arises when the current document has reached its target; null when none does.</summary>
    internal XrefEntry? Identity { get; private set; }

    /// <summary>What a handler did: committed with the outcome. Null when no handler ran to its end.</summary>
    internal HandlerEffects? Effects { get; set; }

    /// <summary>The running engine's; null outside of one.</summary>
    internal FlowContext? Flow => _pool.Flow;

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
        Trace = null;
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

    private SourcePosition Locate()
    {
        var record = RunPlace.Of(Attributes);
        if (!_part.TryGetNode(out var tape, out var node)) return record;
        var (line, column) = tape.PositionOf(node);
        return new SourcePosition(record.File, line, column);
    }

    private void Reset()
    {
        Findings.Clear();
        Deliveries.Clear();
        Outcomes.Clear();
        Created = [];
        Wanted = [];
        Identity = null;
        Effects = null;
        Part = 0;
        Parts = default;
        _part = default;
        _start = null;
        _name = null;
        Asked = null;
    }
}
