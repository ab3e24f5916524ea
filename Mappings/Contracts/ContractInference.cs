using System.Globalization;
using Mappings.Contracts.Inference;
using Mappings.Contracts.Sources;
using Mappings.Diagnostics;
using Mappings.Formats;

namespace Mappings.Contracts;

/// <summary>
/// Makes a contract from samples: kinds, members, which were there every time, days and moments. How often a member was
/// absent is written beside it; how long a text may be is not guessed. Reads record by record, in memory bounded by the shape.
/// </summary>
public sealed class ContractInference
{
    private readonly SampleShape _shape = new();
    private readonly List<string> _files = [];

    /// <summary>Records that were read.</summary>
    public long Count { get; private set; }

    /// <summary>Reads the records of one file. A record that cannot be read is a warning and does not count.</summary>
    /// <param name="stream">Is disposed.</param>
    public void Read(Stream stream, FormatOptions options, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(findings);
        _files.Add(Path.GetFileName(options.Reader.File));
        using var records = FormatReader.Open(stream, options);
        while (records.Read() is var status and not RecordStatus.End)
        {
            if (status == RecordStatus.Record)
            {
                Count++;
                _shape.Add(records.Tape, records.Tape.Root);
            }
            else findings.Add(records.Error! with { Severity = status == RecordStatus.Broken ? Severity.Error : Severity.Warning });
            if (status == RecordStatus.Broken) break;
        }
    }

    /// <param name="name">The name of the contract.</param>
    /// <param name="listsCodes">Texts that repeat become an <c>enum</c>, when there are few.</param>
    /// <returns>The contract file, or null when there was no record.</returns>
    public string? Write(string name, bool listsCodes, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (Count == 0)
        {
            findings.Error("MAP258", SourcePosition.WholeFile(_files.Count == 0 ? "-" : _files[^1]));
            return null;
        }

        var count = Count.ToString(CultureInfo.InvariantCulture);
        return ContractYaml.Write(ContractImport.NameOf(name), _shape.ToDraft(listsCodes, null), isInferred: true, $"inferred from {count} samples of {string.Join(", ", _files.Distinct().Take(5))}");
    }
}
