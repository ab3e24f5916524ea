using System.CommandLine;
using System.Globalization;
using Hub.Core.Journal;

namespace Hub.Host.Commands;

/// <summary><c>hub ledger</c>: received = delivered + filtered + duplicate + dead + in flight, per pipeline.</summary>
internal static class LedgerCommand
{
    public static Command Build(CommandOutput output) => new OperationsCommand("ledger").Does(async (operations, _, json, stop) =>
    {
        var rows = await operations.LedgerAsync(stop);
        if (json) output.Json(rows);
        else if (rows.Count == 0) output.Line(CommandTexts.Get("ledger.none"));
        else Print(rows, output);
        return rows.All(row => row.Unaccounted == 0) ? ExitCode.Fine : ExitCode.Findings;
    });

    /// <summary>The table, with a total when there is more than one pipeline.</summary>
    public static void Print(IReadOnlyList<LedgerRow> rows, CommandOutput output)
    {
        var total = new LedgerRow(
            CommandTexts.Get("column.total"),
            rows.Sum(row => row.Received), rows.Sum(row => row.Delivered), rows.Sum(row => row.Filtered), rows.Sum(row => row.Duplicate), rows.Sum(row => row.Dead), rows.Sum(row => row.InFlight));
        string[] columns = ["pipeline", "received", "delivered", "filtered", "duplicate", "dead", "inflight", "unaccounted"];
        output.Table(
            [.. columns.Select(column => CommandTexts.Get("column." + column))],
            (rows.Count > 1 ? rows.Append(total) : rows).Select(Cells),
            1, 2, 3, 4, 5, 6, 7);
    }

    private static string[] Cells(LedgerRow row) =>
    [
        row.Pipeline, Number(row.Received), Number(row.Delivered), Number(row.Filtered), Number(row.Duplicate), Number(row.Dead), Number(row.InFlight), Number(row.Unaccounted),
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
