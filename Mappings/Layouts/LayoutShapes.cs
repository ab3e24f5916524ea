using Mappings.Contracts;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>Makes the contracts of what a layout reads.</summary>
internal static class LayoutShapes
{
    public static ContractShape Object(SourcePosition at, IEnumerable<(string Name, ContractShape Shape, bool IsRequired)> members)
    {
        // A layout with a name twice is refused, but built all the same, so that one run shows everything.
        var all = members.DistinctBy(m => m.Name, StringComparer.Ordinal).ToList();
        return new ContractShape
        {
            Kinds = ContractKinds.Object,
            At = at,
            Members = [.. all.Select(m => KeyValuePair.Create(m.Name, m.Shape))],
            Required = all.Where(m => m.IsRequired).Select(m => m.Name).ToHashSet(StringComparer.Ordinal),
            AllowsOtherMembers = false,
        };
    }

    public static ContractShape Array(SourcePosition at, ContractShape items) =>
        new() { Kinds = ContractKinds.Array, At = at, Items = items };
}
