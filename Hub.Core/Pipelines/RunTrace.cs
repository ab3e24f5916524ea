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
    /// <summary>Of a split message so many parts are kept, and as many again that their mapping refuses.</summary>
    private const int KeptParts = 50;

    private readonly List<MapTrace> _maps = [];
    private readonly List<Unanswered> _unanswered = [];

    public IReadOnlyList<MapTrace> Maps => _maps;

    /// <summary>What enrich steps would have added: the journal does not keep answers, and a system is not asked to explain.</summary>
    public IReadOnlyList<Unanswered> Missing => _unanswered;

    /// <summary>The whole message, as JSON, when parts of it were mapped; else null.</summary>
    public string? Message { get; private set; }

    /// <param name="record">What is mapped.</param>
    /// <param name="message">The whole message when it is a part of one; else null.</param>
    /// <returns>Null when enough is kept.</returns>
    public MappingTrace? Map(string mapping, int? part, in Value record, Value? message)
    {
        if (_maps.Count >= KeptParts && !_maps[^1].IsRefused) _maps.RemoveAt(_maps.Count - 1);
        if (_maps.Count == KeptParts * 2) return null;
        Message ??= message?.ToString();
        var trace = new MapTrace(mapping, part, record.ToString(), new MappingTrace());
        _maps.Add(trace);
        return trace.Trace;
    }

    public void NotAsked(string member, EndpointName from, SourcePosition at) => _unanswered.Add(new Unanswered(member, from, at));

    /// <summary>One run of a mapping.</summary>
    /// <param name="Part">The part of a split message, from 0; null for the whole.</param>
    /// <param name="Record">What was mapped, as JSON.</param>
    public sealed record MapTrace(string Mapping, int? Part, string Record, MappingTrace Trace)
    {
        public bool IsRefused => Trace.Fields.SelectMany(told => told.Findings).Any(finding => finding.Severity == Severity.Error);
    }

    /// <summary>An answer that is not known any more.</summary>
    /// <param name="Member">The member of the document that holds it.</param>
    public sealed record Unanswered(string Member, EndpointName From, SourcePosition At);
}
