using System.CommandLine;
using System.Globalization;
using Hub.Core.Operations;

namespace Hub.Host.Commands;

/// <summary><c>hub dead</c>: what was given up, grouped by reason.</summary>
internal static class DeadCommand
{
    public static Command Build(CommandOutput output)
    {
        var pipeline = new Option<string?>("--pipeline") { Description = CommandTexts.Get("option.pipeline"), HelpName = "NAME" };
        return new OperationsCommand("dead", pipeline).Does(async (operations, result, json, stop) =>
        {
            var groups = await operations.DeadAsync(result.GetValue(pipeline), stop);
            if (json) output.Json(groups);
            else if (groups.Count == 0) output.Line(CommandTexts.Get("dead.none"));
            else Print(groups, output);
            return ExitCode.Fine;
        });
    }

    /// <summary>One line a group, the newest message of each as the example.</summary>
    public static void Print(IReadOnlyList<DeadGroup> groups, CommandOutput output)
    {
        string[] columns = ["pipeline", "count", "example", "reason"];
        output.Table(
            [.. columns.Select(column => CommandTexts.Get("column." + column))],
            groups.Select(group => (IReadOnlyList<string>)
            [
                group.Pipeline, group.Count.ToString(CultureInfo.InvariantCulture), group.Ids[0], OperationsCommand.OneLine(group.Example),
            ]),
            1);
    }
}
