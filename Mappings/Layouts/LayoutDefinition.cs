using Mappings.Contracts;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>How the records of a file are laid out, for formats that do not say it themselves. Immutable; shared by all threads.</summary>
public sealed class LayoutDefinition
{
    private readonly Dictionary<string, RecordLayout> _byName;
    private readonly Dictionary<string, ContractDefinition> _contracts;

    internal LayoutDefinition(string name, LayoutKind kind, SourcePosition at, IReadOnlyList<RecordLayout> records)
    {
        Name = name;
        Kind = kind;
        At = at;
        Records = records;
        _byName = records.ToDictionary(r => r.Name, StringComparer.Ordinal);
        _contracts = records.ToDictionary(r => r.Name, r => new ContractDefinition($"{name}.{r.Name}", at.File, r.Shape), StringComparer.Ordinal);
        FileContract = new ContractDefinition($"{name} $file", at.File, FileShape());
    }

    /// <summary>The name endpoints and mappings use.</summary>
    public string Name { get; }

    public LayoutKind Kind { get; }

    /// <summary>Place of the name.</summary>
    public SourcePosition At { get; }

    /// <summary>The kinds of record, in the order of the file.</summary>
    public IReadOnlyList<RecordLayout> Records { get; }

    /// <summary>What <c>$file</c> looks like: the once-records of a fixed layout, the envelope of an interchange.</summary>
    public ContractDefinition FileContract { get; }

    /// <summary>True for a fixed layout whose places are bytes, so that a line is looked for before it is decoded.</summary>
    public bool CountsBytes => Kind == LayoutKind.Fixed && Widths == WidthUnit.Bytes;

    internal WidthUnit Widths { get; init; }

    /// <summary>Length of every line in <see cref="Widths"/>; null when lines may be of any length, what is not there being blank.</summary>
    internal int? LineLength { get; init; }

    internal LineEnd LineEnd { get; init; }

    /// <summary>True when messages are of several kinds, so that each says in a member <c>record</c> which it is unless one is asked for.</summary>
    internal bool TellsKinds => Records.Count(r => !r.IsOnce) > 1;

    /// <summary>A record by its name, or null.</summary>
    public RecordLayout? Record(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What a record looks like as a document, with the types of its fields; null when there is no such record.</summary>
    public ContractDefinition? ContractOf(string record) => _contracts.GetValueOrDefault(record);

    private ContractShape FileShape() => Kind == LayoutKind.Fixed
        ? LayoutShapes.Object(At, Records.Where(r => r.IsOnce).Select(r => (r.Name, r.Shape, false)))
        : EnvelopeFields.Shape(Kind, At);
}
