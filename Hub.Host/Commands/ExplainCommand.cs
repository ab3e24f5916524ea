using System.CommandLine;
using System.Globalization;
using Hub.Abstractions.Messages;
using Hub.Core.Operations;

namespace Hub.Host.Commands;

/// <summary><c>hub explain ID</c>: what happened to one message, step by step.</summary>
internal static class ExplainCommand
{
    public static Command Build(CommandOutput output)
    {
        var id = new Argument<MessageId>("ID") { Description = CommandTexts.Get("argument.id"), CustomParser = CommonOptions.MessageId };
        var values = new Option<bool>("--values") { Description = CommandTexts.Get("option.values") };
        return new OperationsCommand("explain", id, values).Does(async (operations, result, json, stop) =>
        {
            var message = result.GetRequiredValue(id);
            if (await operations.ExplainAsync(message, stop) is not { } explanation)
            {
                output.Error(CommandTexts.Get("explain.unknown", ("id", message.ToString())));
                return ExitCode.Findings;
            }

            var origins = result.GetValue(values) ? await operations.OriginsAsync(message, stop) : null;
            if (json && origins is not null) output.Json(new { message = explanation, origins });
            else if (json) output.Json(explanation);
            else Print(explanation, output);
            if (!json && origins is not null) OriginLines.Print(origins, output);
            return ExitCode.Fine;
        });
    }

    private static void Print(MessageExplanation message, CommandOutput output)
    {
        output.Line(CommandTexts.Get("explain.message", ("id", message.Id), ("state", Words.Of(message.State))));
        output.Line("  " + CommandTexts.Get("explain.pipeline", ("pipeline", message.Pipeline), ("at", OperationsCommand.Time(message.ReceivedAt)), ("endpoint", message.Endpoint)));
        if (message.Key.Length > 0) output.Line("  " + CommandTexts.Get("explain.key", ("key", message.Key)));
        if (message.EventId is { } identity) output.Line("  " + CommandTexts.Get("explain.event", ("event", identity)));
        if (message.Origin is { } origin) output.Line("  " + CommandTexts.Get("explain.origin", ("origin", origin)));
        if (message.RepairOf is { } first) output.Line("  " + CommandTexts.Get("explain.repair", ("id", first)));
        if (message.Duplicates.Count > 0) output.Line("  " + CommandTexts.Get("explain.duplicates", ("count", message.Duplicates.Count.ToString(CultureInfo.InvariantCulture))));
        foreach (var replay in message.Replays) output.Line("  " + CommandTexts.Get("explain.replayed", ("at", OperationsCommand.Time(replay.At)), ("reason", replay.Reason)));
        Steps(message, output);
        Section("explain.findings", message.Findings.Count, output);
        foreach (var finding in message.Findings) Finding(finding, "  ", output);
        Deliveries(message, output);
        if (message.Original is { } original)
        {
            Section("explain.original", 1, output);
            output.Line("  " + original.ReplaceLineEndings("\n  "));
        }
    }

    private static void Steps(MessageExplanation message, CommandOutput output)
    {
        Section("explain.steps", message.Steps.Count, output);
        foreach (var step in message.Steps)
        {
            var time = (step.Microseconds / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
            output.Line($"  {Words.Of(step.Result),-9} {step.Kind} {step.Subject}  {step.At}  {time} ms");
        }
    }

    private static void Deliveries(MessageExplanation message, CommandOutput output)
    {
        Section("explain.deliveries", message.Deliveries.Count, output);
        foreach (var delivery in message.Deliveries)
        {
            var at = delivery.SettledAt ?? delivery.Due;
            output.Line($"  {Words.Of(delivery.State),-9} {delivery.Destination}  {(at is { } time ? OperationsCommand.Time(time) : string.Empty)}  {delivery.Id}");
            foreach (var attempt in delivery.Attempts)
            {
                output.Line("    " + CommandTexts.Get(
                    "explain.attempt",
                    ("number", attempt.Number.ToString(CultureInfo.InvariantCulture)),
                    ("at", OperationsCommand.Time(attempt.At)),
                    ("error", OperationsCommand.OneLine(attempt.Error))));
            }
        }
    }

    private static void Finding(FindingView finding, string indent, CommandOutput output)
    {
        output.Line($"{indent}{(finding.At.Length > 0 ? finding.At + ": " : string.Empty)}{OperationsCommand.OneLine(finding)}");
        if (finding.Mapping is { } mapping) output.Line($"{indent}  {Mappings.Diagnostics.DiagnosticTexts.Catalog.Render("word.mapping")} {mapping}");
        if (finding.Fix is { } fix) output.Line($"{indent}  {Mappings.Diagnostics.DiagnosticTexts.Catalog.Render("word.fix")} {fix}");
    }

    private static void Section(string key, int count, CommandOutput output)
    {
        if (count > 0) output.Line(CommandTexts.Get(key));
    }
}
