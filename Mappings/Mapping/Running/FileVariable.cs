using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Layouts;

namespace Mappings.Mapping.Running;

/// <summary>Whether <c>$file</c> has a meaning where it stands: in a mapping of a file with a layout, and in a field only what is read before its records.</summary>
internal static class FileVariable
{
    public static void Check(Expression expression, MappingDefinition definition, MappingCompileContext context, bool ofRecord, string path, SourcePosition at, Findings findings)
    {
        if (definition.Source.Format is "json" or "ndjson" or "csv" or "xml")
        {
            findings.Error("MAP285", at, path, ("format", definition.Source.Format));
            return;
        }

        if (!ofRecord || definition.Source.Layout is not { } name || context.Layouts.GetValueOrDefault(name) is not { } layout) return;
        foreach (var used in expression.Facts.Paths)
        {
            if (used is { Base: SourcePathBase.Variable, Variable: VariableSlots.File, Parts: [var first, ..] } && layout.Record(first.Name) is FixedRecord { IsLast: true })
                findings.Error("MAP286", first.At, path, ("name", first.Name));
        }
    }
}
