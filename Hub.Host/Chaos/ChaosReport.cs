using System.Globalization;
using Hub.Host.Commands;

namespace Hub.Host.Chaos;

/// <summary>What <c>hub chaos</c> says, for people.</summary>
internal static class ChaosReport
{
    public static void Begin(ChaosOptions options, CommandOutput output) => output.Line(CommandTexts.Get(
        "chaos.title", ("store", options.Store), ("nodes", Number(options.Nodes)), ("seed", options.Seed.ToString(CultureInfo.InvariantCulture))));

    public static void Round(RoundResult round, CommandOutput output)
    {
        var fault = FaultName(round.Fault, round.Detail);
        output.Line(round.IsVoid
            ? CommandTexts.Get("chaos.void", ("round", Number(round.Round)), ("fault", fault))
            : CommandTexts.Get(
                "chaos.round",
                ("round", Number(round.Round)),
                ("fault", fault),
                ("inflight", Number(round.InFlight)),
                ("accepted", Number(round.Accepted)),
                ("delivered", Number(round.Delivered)),
                ("duplicated", Number(round.Duplicated)),
                ("bound", Number(round.Bound)),
                ("disorder", Number(round.OutOfOrder)),
                ("lost", Number(round.Lost)),
                ("unaccounted", Number(round.Unaccounted)),
                ("recovery", round.RecoverySeconds is { } seconds ? CommandTexts.Get("chaos.recovered", ("seconds", Seconds(seconds))) : CommandTexts.Get("chaos.overtaken"))));
    }

    public static void End(ChaosResult result, CommandOutput output)
    {
        output.Line();
        foreach (var left in result.NotRun)
            output.Line(CommandTexts.Get("chaos.notrun", ("fault", FaultName(left.Fault, string.Empty)), ("reason", CommandTexts.Get("chaos.notrun." + left.Reason))));
        output.Line(CommandTexts.Get(
            "chaos.faults",
            ("kills", Number(result.Kills)), ("others", Number(result.OtherFaults)), ("voids", Number(result.VoidRounds)), ("seconds", Seconds(result.Seconds)), ("routes", string.Join(", ", result.Routes))));
        output.Line(CommandTexts.Get(
            "chaos.total",
            ("accepted", Number(result.Total.Accepted)), ("delivered", Number(result.Total.Delivered)), ("lost", Number(result.Lost)),
            ("disorder", Number(result.Total.OutOfOrder)), ("unaccounted", Number(result.Unaccounted))));
        output.Line(CommandTexts.Get(
            "chaos.duplicates",
            ("duplicated", Number(result.Total.Duplicated)), ("bound", Number(result.Bound)), ("beyond", Number(result.Total.DuplicatedBeyond)), ("idempotent", Number(result.Total.DuplicatedIdempotent))));
        output.Line(CommandTexts.Get("chaos.start", ("least", Seconds(result.StartSeconds[0])), ("median", Seconds(result.StartSeconds[1])), ("most", Seconds(result.StartSeconds[2]))));
        output.Line(CommandTexts.Get(result.IsFine ? "chaos.passed" : "chaos.failed"));
    }

    private static string FaultName(string kind, string detail) => CommandTexts.Get("chaos.fault." + kind, ("detail", detail));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
