using System.Globalization;
using Hub.Core.Operations;

namespace Hub.Host.Commands;

/// <summary>Where values come from, for people: the field and its value, below it what it was made of and what happened on the way.</summary>
internal static class OriginLines
{
    public static void Print(MessageOrigins origins, CommandOutput output)
    {
        foreach (var mapping in origins.Mappings)
        {
            output.Line(mapping.Part is { } part
                ? CommandTexts.Get("origins.part", ("mapping", mapping.Mapping), ("part", Number(part + 1)))
                : CommandTexts.Get("origins.mapping", ("mapping", mapping.Mapping)));
            Print(mapping.Fields, output);
            if (mapping.IsCut) output.Line("  " + CommandTexts.Get("origins.cut"));
        }

        foreach (var limit in origins.Limits) output.Line((limit.At.Length > 0 ? limit.At + ": " : string.Empty) + OperationsCommand.OneLine(limit));
    }

    public static void Print(IEnumerable<FieldOrigin> fields, CommandOutput output)
    {
        foreach (var field in fields)
        {
            output.Line($"  {field.Path}: {field.Value ?? CommandTexts.Get("origins.none")}  <- {OneLine(field.Text)}  {field.Mapping}");
            foreach (var source in field.Sources) output.Line($"      {source.Path} = {source.Value ?? CommandTexts.Get("origins.none")}{(source.At is { } at ? "  " + at : string.Empty)}");
            if (field.MoreSources > 0) output.Line("      " + CommandTexts.Get("origins.more", ("count", Number(field.MoreSources))));
            foreach (var note in field.Notes) output.Line("      " + note);
            foreach (var finding in field.Findings) output.Line($"      {finding.Code}: {finding.Text}");
        }
    }

    internal static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
