using Mappings.Contracts;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>A kind of line whose fields stand at fixed places.</summary>
internal sealed class FixedRecord : RecordLayout
{
    private readonly bool _isOnce;

    /// <param name="fields">In the order of their places.</param>
    public FixedRecord(string name, SourcePosition at, LineCondition? when, bool isOnce, bool isLast, IReadOnlyList<FixedField> fields)
        : base(name, at)
    {
        When = when;
        _isOnce = isOnce;
        IsLast = isLast;
        Fields = fields;
        Shape = LayoutShapes.Object(at, fields.Select(f => (f.Name, f.Value.Shape, f.Value.IsRequired)));
    }

    /// <summary>How its lines are known; null when every line is one.</summary>
    public LineCondition? When { get; }

    public override bool IsOnce => _isOnce;

    /// <summary>True when nothing may follow.</summary>
    public bool IsLast { get; }

    public IReadOnlyList<FixedField> Fields { get; }

    internal override ContractShape Shape { get; }
}
