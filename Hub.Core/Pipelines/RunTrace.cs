using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping.Tracing;

namespace Hub.Core.Pipelines;

/// <summary>
/// Watches a run of a pipeline that is made to explain a message: the mappings tell where their values come from, and no other
/// system is asked. Belongs to one run.
/// </summary>
internal sealed class RunTrace
{
    private readonly List<MapTrace> _maps = [];
    private readonly List<Unanswered> _unanswered = [];

    public IReadOnlyList<MapTrace> Maps => _maps;

    /// <summary>What enrich steps would have added: the journal does not keep answers, and a system is not asked to explain.</summary>
    public IReadOnlyList<Unanswered> Missing => _unanswered;

    /// <param name="record">What is mapped.</param>
    /// <param name="message">The whole message when it is a part of one; else null.</param>
    public MappingTrace Map(string mapping, int? part, in Value record, Value? message)
    {
        var trace = new MapTrace(mapping, part, record.ToString(), message?.ToString(), new MappingTrace());
        _maps.Add(trace);
        return trace.Trace;
    }

    public void NotAsked(string member, EndpointName from, SourcePosition at) => _unanswered.Add(new Unanswered(member, from, at));

    /// <summary>One run of a mapping.</summary>
    /// <param name="Part">The part of a split message, from 0; null for the whole.</param>
    /// <param name="Record">What was mapped, as JSON.</param>
    /// <param name="Message">The whole message when that is a part of one, as JSON; else null.</param>
    public sealed record MapTrace(string Mapping, int? Part, string Record, string? Message, MappingTrace Trace);

    /// <summary>An answer that is not known any more.</summary>
    /// <param name="Member">The member of the document that holds it.</param>
    public sealed record Unanswered(string Member, EndpointName From, SourcePosition At);
}
