using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Mapping.Checking;

/// <summary>Looks at a condition on a record whose contract is known, as a pipeline's filter is one: names, types, and operands that may be absent.</summary>
public static class ConditionCheck
{
    /// <param name="record">Which part of an XSD the record is; see <see cref="ContractDefinition.RootOf"/>.</param>
    /// <param name="path">Path of the condition in its file.</param>
    public static void Run(YamlExpression condition, ContractDefinition contract, string? record, string path, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(contract);
        if (ExpressionText.Parse(condition, path, isPath: false, findings) is not { } text) return;
        var names = new SourceNames(contract, contract.RootOf(record), contract.Name);
        new TypeInference(text, new TypeScope(null), names, 0, []) { IsCondition = true }.Infer(new TypeContext(names.Document, null));
    }
}
