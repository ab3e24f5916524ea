using System.CommandLine;
using Hub.Core.Journal;
using Hub.Core.Operations;

namespace Hub.Host.Commands;

/// <summary><c>hub messages</c>: what the journal holds, newest first.</summary>
internal static class MessagesCommand
{
    public static Command Build(CommandOutput output)
    {
        var pipeline = new Option<string?>("--pipeline") { Description = CommandTexts.Get("option.pipeline"), HelpName = "NAME" };
        var state = new Option<MessageState?>("--state")
        {
            Description = CommandTexts.Get("option.state"),
            HelpName = "STATE",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!int.TryParse(text, out _) && Enum.TryParse<MessageState>(text, ignoreCase: true, out var parsed)) return parsed;
                result.AddError(CommandTexts.Get("usage.state", ("found", text)));
                return null;
            },
        };
        var key = new Option<string?>("--key") { Description = CommandTexts.Get("option.key"), HelpName = "KEY" };
        var limit = CommonOptions.Limit(50);
        return new OperationsCommand("messages", pipeline, state, key, limit).Does(async (operations, result, json, stop) =>
        {
            var query = new MessageQuery { Pipeline = result.GetValue(pipeline), State = result.GetValue(state), Key = result.GetValue(key), Limit = result.GetValue(limit) };
            var messages = await operations.MessagesAsync(query, stop);
            if (json) output.Json(messages);
            else if (messages.Count == 0) output.Line(CommandTexts.Get("messages.none"));
            else Print(messages, output);
            return ExitCode.Fine;
        });
    }

    private static void Print(IReadOnlyList<MessageLine> messages, CommandOutput output)
    {
        string[] columns = ["id", "at", "pipeline", "key", "state", "reason"];
        output.Table(
            [.. columns.Select(column => CommandTexts.Get("column." + column))],
            messages.Select(message => (IReadOnlyList<string>)
            [
                message.Id, OperationsCommand.Time(message.ReceivedAt), message.Pipeline, message.Key, Words.Of(message.State), message.Reason ?? string.Empty,
            ]));
    }
}
