using Hub.Core.Pipelines;
using Mappings.Diagnostics;

namespace Hub.Core.Ingress;

/// <summary>How the records of one payload fare in one pipeline.</summary>
internal sealed class FileProgress(PipelineDefinition pipeline)
{
    private const int MaximumFindings = 20;

    private readonly List<Finding> _findings = [];

    public PipelineDefinition Pipeline => pipeline;

    public long Records { get; private set; }

    public long Errors { get; private set; }

    /// <summary>The rest of the file is not for this pipeline.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Errors of records, then of the file; at most 20.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    public bool HasFailed => Errors > 0 || _findings.Count > 0;

    public void Passed() => Records++;

    /// <param name="findings">Why the record is bad; warnings are left out.</param>
    public void Failed(params IEnumerable<Finding> findings)
    {
        Records++;
        Errors++;
        Add(findings);
        if (pipeline.FileRules.Stops(Errors, Records)) IsStopped = true;
    }

    /// <summary>What checks on the whole file found.</summary>
    public void Checked(IEnumerable<Finding> findings) => Add(findings);

    private void Add(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings.Where(f => f.Severity == Severity.Error).Take(MaximumFindings - _findings.Count)) _findings.Add(finding);
    }
}
