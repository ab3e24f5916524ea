using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Mappings.Diagnostics;

namespace Hub.Core.Ingress;

/// <summary>The pipelines that the records of one payload go to: all of the endpoint, until one has had enough of the file.</summary>
internal sealed class RecordTargets
{
    private readonly List<FileProgress>? _progress;
    private IReadOnlyList<PipelineDefinition> _pipelines;

    public RecordTargets(EndpointDefinition endpoint, FileAdmission? file)
    {
        _pipelines = endpoint.Pipelines;
        if (endpoint.UsesFile) File = new FileRecords();
        if (file is null) return;
        _pipelines = [.. endpoint.Pipelines.Where(p => file.Failed.All(f => f.Pipeline != p))];

        // What takes all or nothing has been counted to its end already.
        _progress = [.. _pipelines.Where(p => !p.FileRules.IsNone && !p.FileRules.IsAllOrNothing).Select(p => new FileProgress(p))];
    }

    public IReadOnlyList<PipelineDefinition> Pipelines => _pipelines;

    /// <summary>What the file says once; null when no pipeline asks.</summary>
    public FileRecords? File { get; }

    /// <summary>Why the rest was not accepted, of the first pipeline that stopped.</summary>
    public Finding? Stopped { get; set; }

    public bool AreAllDone => _pipelines.Count == 0;

    /// <summary>A record was admitted. What waits for somebody is not known to be bad.</summary>
    public void Admitted(PipelineDefinition pipeline, in Admission admission)
    {
        if (Find(pipeline) is not { } progress) return;
        if (admission.Outcome is { State: MessageState.Dead } dead) progress.Failed(dead.Findings);
        else progress.Passed();
    }

    public void Unreadable(PipelineDefinition pipeline, Finding finding) => Find(pipeline)?.Failed(finding);

    /// <summary>Those that have stopped since the last call; no further record goes to them.</summary>
    public IReadOnlyList<FileProgress> TakeStopped()
    {
        if (_progress is null || !_progress.Exists(p => p.IsStopped)) return [];
        var stopped = _progress.FindAll(p => p.IsStopped);
        _progress.RemoveAll(p => p.IsStopped);
        _pipelines = [.. _pipelines.Where(p => stopped.TrueForAll(s => s.Pipeline != p))];
        return stopped;
    }

    private FileProgress? Find(PipelineDefinition pipeline) => _progress?.Find(p => p.Pipeline == pipeline);
}
