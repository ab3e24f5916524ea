using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Documents;

namespace Hub.Core.Pipelines;

/// <summary>
/// What a pipeline runs on: one message and the buffers it is worked on in. Rented from a <see cref="PipelineRunPool"/>,
/// filled by the caller, used by one pipeline run at a time, and given back by <see cref="Dispose"/>; the tape and
/// whatever points into it are gone then, the outcome's bodies are not.
/// </summary>
public sealed class PipelineRun : IDisposable
{
    /// <summary>A run that grew beyond this many nodes is not kept, so that one huge message does not hold memory for ever.</summary>
    private const int KeptNodes = 100_000;

    private readonly PipelineRunPool _pool;
    private bool _rented;

    internal PipelineRun(PipelineRunPool pool, IRequestGateway gateway)
    {
        _pool = pool;
        Gateway = gateway;
        Document = Builder.Build();
    }

    /// <summary>The reader of the record writes straight into this.</summary>
    public TapeBuilder Builder { get; } = new();

    /// <summary>The record as read; by default what <see cref="Builder"/> holds. It stays as it is while steps change what they work on.</summary>
    public Tape Document { get; set; }

    /// <summary>The record as UTF-8 JSON, as the journal keeps it.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The message; none before it has an id.</summary>
    public MessageId Id { get; set; }

    /// <summary>The attributes it came in with; the origin says where the record's positions begin.</summary>
    public MessageAttributes Attributes { get; set; } = MessageAttributes.None;

    /// <summary>The message's time: the same for every expression of the run.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>
    /// The endpoint that was asked last. When <see cref="PipelineDefinition.RunAsync"/> throws a
    /// <see cref="Hub.Abstractions.TransientException"/>, the retry policy of its system says when to run again.
    /// </summary>
    public EndpointName? Asked { get; internal set; }

    internal IRequestGateway Gateway { get; }

    internal List<Finding> Findings { get; } = [];

    /// <summary>Gives the run back to its pool; a second call does nothing.</summary>
    public void Dispose()
    {
        if (!_rented) return;
        _rented = false;
        Findings.Clear();
        Body = default;
        Id = MessageId.None;
        Attributes = MessageAttributes.None;
        Now = default;
        Asked = null;
        var kept = Builder.Build().NodeCount <= KeptNodes;
        Builder.Reset(default);
        Document = Builder.Build();
        if (kept) _pool.Return(this);
    }

    internal void Rented() => _rented = true;
}
