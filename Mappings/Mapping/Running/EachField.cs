using System.Globalization;
using Mappings.Expressions;

namespace Mappings.Mapping.Running;

/// <summary>A list: always written as one, also for no element and for a single value.</summary>
/// <param name="fields">The fields of each element; null when the elements are the values.</param>
/// <param name="writer">Writes the elements that are values; null when they have fields.</param>
internal sealed class EachField(string name, Evaluation text, FieldCode[]? fields, ValueWriter? writer, int atLeast, int? atMost) : FieldCode(name)
{
    public override Evaluation? Text => text;

    public override bool Write(MappingRun run, in Value input)
    {
        if (!text.TryRun(run, input, out var list, out var finding))
        {
            run.Report(finding!);
            return false;
        }

        if (list.IsNull) list = default;
        run.Output.Name(Name);
        run.Output.StartArray();
        var count = Elements(run, input, list);
        run.Trace?.Note("trace.elements", ("count", Number(count)));
        run.Output.EndArray();
        if (count < atLeast) run.Report(text.Fault(run, list, "DAT340", ("count", Number(count)), ("minimum", Number(atLeast))));
        if (count > atMost) run.Report(text.Fault(run, list, "DAT339", ("count", Number(count)), ("maximum", Number(atMost.Value))));
        return true;
    }

    private int Elements(MappingRun run, in Value input, in Value list)
    {
        var slot = run.Plan.Slots.Index;
        var outer = run.Context[slot];
        var depth = run.Indices.Count;
        var written = 0;
        run.Parents.Add(input);
        run.Indices.Add(0);
        foreach (ref readonly var item in list.Items())
        {
            if (run.IsFull) break;
            run.Context[slot] = Value.FromNumber((long)run.Indices[depth]);
            if (Element(run, item)) written++;
            run.Indices[depth]++;
        }

        run.Indices.RemoveAt(depth);
        run.Parents.RemoveAt(run.Parents.Count - 1);
        run.Context[slot] = outer;
        return written;
    }

    private bool Element(MappingRun run, in Value item)
    {
        if (fields is null) return writer!.Write(run, item, item, null);
        run.Output.StartObject();
        WriteAll(fields, run, item);
        run.Output.EndObject();
        return true;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
