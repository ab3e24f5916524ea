using System.CommandLine;
using System.Globalization;
using Hub.Core.Operations;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Hub.Host.Commands;

/// <summary><c>hub xref</c>: the identity map of a running hub.</summary>
internal static class XrefCommand
{
    /// <summary>Entries sent at once: each group is one commit of the journal.</summary>
    private const int Group = 1_000;

    public static Command Build(CommandOutput output)
    {
        var command = new Command("xref", CommandTexts.Get("xref.description"));
        command.Subcommands.Add(Import(output));
        command.Subcommands.Add(Find(output));
        return command;
    }

    private static Command Import(CommandOutput output)
    {
        var file = new Argument<string>("FILE") { Description = CommandTexts.Get("argument.xrefs") };
        return new OperationsCommand("import", "xref.import", file).Does(async (operations, result, json, stop) =>
        {
            var (csv, name) = await InputText.ReadAsync(result.GetRequiredValue(file), stop);
            var findings = new Findings();
            if (XrefFile.Read(name, csv, findings) is not { } entries)
            {
                output.Findings(findings.Sorted());
                return ExitCode.Findings;
            }

            var report = new XrefReport(0, 0, 0);
            foreach (var group in entries.Chunk(Group))
            {
                var part = await operations.ImportXrefsAsync([.. group.Select(XrefLine.Of)], stop);
                report = new XrefReport(report.Added + part.Added, report.Changed + part.Changed, report.Same + part.Same);
            }

            if (json) output.Json(report);
            else output.Line(CommandTexts.Get("xref.imported", ("added", Number(report.Added)), ("changed", Number(report.Changed)), ("same", Number(report.Same))));
            return ExitCode.Fine;
        });
    }

    private static Command Find(CommandOutput output)
    {
        var entity = new Argument<string>("ENTITY") { Description = CommandTexts.Get("argument.entity") };
        var id = new Argument<string>("ID") { Description = CommandTexts.Get("argument.xrefId") };
        return new OperationsCommand("find", "xref.find", entity, id).Does(async (operations, result, json, stop) =>
        {
            var lines = await operations.FindXrefsAsync(result.GetRequiredValue(entity), result.GetRequiredValue(id), stop);
            if (json) output.Json(lines);
            else if (lines.Count == 0) output.Line(CommandTexts.Get("xref.none"));
            else
            {
                string[] columns = ["entity", "from", "id", "to", "target"];
                output.Table([.. columns.Select(column => CommandTexts.Get("column." + column))], lines.Select(line => (IReadOnlyList<string>)[line.Entity, line.From, line.Id, line.To, line.Target]));
            }

            return lines.Count > 0 ? ExitCode.Fine : ExitCode.Findings;
        });
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
