using Mappings.Contracts;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>One kind of record of a layout. Immutable.</summary>
public abstract class RecordLayout
{
    private protected RecordLayout(string name, SourcePosition at)
    {
        Name = name;
        At = at;
    }

    public string Name { get; }

    /// <summary>Place of the name in the layout's file.</summary>
    public SourcePosition At { get; }

    /// <summary>True for a record that a file has once, such as its header; it is a part of <c>$file</c> and no message.</summary>
    public virtual bool IsOnce => false;

    /// <summary>What the record looks like as a document.</summary>
    internal abstract ContractShape Shape { get; }
}
