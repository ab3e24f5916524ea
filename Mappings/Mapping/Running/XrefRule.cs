using System.Text;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Xrefs;

namespace Mappings.Mapping.Running;

/// <summary>Turns an id of one system into the id of another, or notes why that cannot be done now.</summary>
internal sealed class XrefRule(XrefDefinition definition, Evaluation text)
{
    public ValueFault? Apply(ref Scalar scalar, MappingRun run)
    {
        var key = new XrefKey(definition.Entity, definition.From, Encoding.UTF8.GetString(scalar.Utf8), definition.To);
        var answer = run.XrefSource.Find(key);
        if (answer is { Target: null, IsAbsent: false })
        {
            run.Xrefs.Unknown.Add(key);
            return ValueFault.Unknown;
        }

        var id = answer.Target;
        if (id is null)
        {
            (string, string)[] arguments = [("entity", key.Entity), ("from", key.From), ("to", key.To), ("found", text.IsSecret ? DiagnosticTexts.Catalog.Render("word.hidden") : key.Id)];
            if (definition.Missing == XrefMissing.Error) return new ValueFault("XRF401", arguments);
            if (definition.Missing != XrefMissing.Create) return LeftOut(key, arguments, run);
            id = MadeId.Of(key);
            run.Xrefs.Created.Add(new XrefEntry(key, id));
        }

        run.Trace?.Note(answer.Target is null ? "trace.made" : "trace.xref", ("from", key.Id), ("to", id), ("entity", key.Entity), ("system", key.To));
        scalar = new Scalar { Kind = ValueKind.Text, Utf8 = run.Encode(id) };
        return null;
    }

    private ValueFault LeftOut(in XrefKey key, (string, string)[] arguments, MappingRun run)
    {
        var isHeld = definition.Missing == XrefMissing.Hold;
        if (isHeld) run.Xrefs.Held.Add((key, definition.HoldFor));
        else run.Xrefs.Wanted.Add(key);
        return new ValueFault(isHeld ? "XRF402" : "XRF403", arguments) { IsLeftOut = true };
    }
}
