using System.CommandLine;
using System.Globalization;
using Hub.Abstractions.Messages;
using Hub.Core.Operations;

namespace Hub.Host.Commands;

/// <summary><c>hub replay</c>: dead messages by id, or by pipeline and code, are tried again.</summary>
internal static class ReplayCommand
{
    public static Command Build(CommandOutput output)
    {
        var ids = new Argument<string[]>("ID") { Description = CommandTexts.Get("argument.ids"), Arity = ArgumentArity.ZeroOrMore };
        var pipeline = new Option<string?>("--pipeline") { Description = CommandTexts.Get("option.pipeline"), HelpName = "NAME" };
        var code = new Option<string?>("--code") { Description = CommandTexts.Get("option.code"), HelpName = "CODE" };
        var all = new Option<bool>("--all") { Description = CommandTexts.Get("option.all") };
        var limit = CommonOptions.Limit(100);
        ids.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !MessageId.TryParse(token.Value, out _)))
                result.AddError(CommandTexts.Get("usage.id", ("found", token.Value)));
        });
        var verb = new OperationsCommand("replay", ids, pipeline, code, all, limit);
        verb.Command.Validators.Add(result =>
        {
            if (result.GetResult(ids)?.Tokens is not { Count: > 0 } && result.GetResult(pipeline) is null && result.GetResult(code) is null && result.GetResult(all) is null)
                result.AddError(CommandTexts.Get("usage.replay"));
        });
        return verb.Does(async (operations, result, json, stop) =>
        {
            var report = await operations.ReplayAsync(
                new ReplayRequest
                {
                    Ids = result.GetValue(ids) ?? [],
                    Pipeline = result.GetValue(pipeline),
                    Code = result.GetValue(code),
                    Limit = result.GetValue(limit),
                    Reason = "hub replay",
                },
                stop);
            if (json) output.Json(report);
            else if (report.Replayed.Count == 0) output.Line(CommandTexts.Get("replay.none"));
            else output.Line(CommandTexts.Get("replay.done", ("count", report.Replayed.Count.ToString(CultureInfo.InvariantCulture))));
            return report.Replayed.Count > 0 && report.NotDead.Count == 0 ? ExitCode.Fine : ExitCode.Findings;
        });
    }
}
