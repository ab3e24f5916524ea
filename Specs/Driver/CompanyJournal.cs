using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Operations;

namespace Specs.Driver;

/// <summary>What an operator sees of the messages, and can do with them.</summary>
internal sealed class CompanyJournal(IHubOperations operations, IReadOnlyList<string> pipelines)
{
    private const int Most = 1_000;

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>As an operator reads it.</summary>
    public static string Text<T>(T view) => JsonSerializer.Serialize(view, Readable);

    /// <summary>All messages of a pipeline in one state or in any, the oldest first.</summary>
    public async Task<IReadOnlyList<MessageExplanation>> MessagesAsync(string? pipeline, MessageState? state)
    {
        if (pipeline is not null) Check(pipeline);
        var lines = await operations.MessagesAsync(new MessageQuery { Pipeline = pipeline, State = state, Limit = Most }, CancellationToken.None);
        var messages = new List<MessageExplanation>(lines.Count);
        foreach (var line in lines.Reverse())
        {
            if (MessageId.TryParse(line.Id, out var id) && await operations.ExplainAsync(id, CancellationToken.None) is { } message) messages.Add(message);
        }

        return messages;
    }

    /// <summary>Everything about dead letters that an operator is shown, view by view.</summary>
    public async Task<IReadOnlyList<string>> DeadViewsAsync()
    {
        var messages = await MessagesAsync(null, MessageState.Dead);
        return [.. await DeadReasonsAsync(), .. messages.Select(Text)];
    }

    /// <summary>Why messages are dead, as lists, groups and explanations say it.</summary>
    public async Task<IReadOnlyList<string>> DeadReasonsAsync()
    {
        var lines = await operations.MessagesAsync(new MessageQuery { State = MessageState.Dead, Limit = Most }, CancellationToken.None);
        var groups = await operations.DeadAsync(null, CancellationToken.None);
        var messages = await MessagesAsync(null, MessageState.Dead);
        return [.. lines.Select(Text), .. groups.Select(Text), .. messages.Select(m => Text(m.Findings)), .. messages.SelectMany(m => m.Deliveries).Select(d => Text(d.Attempts))];
    }

    public async Task<ReplayReport> ReplayAsync(string pipeline)
    {
        Check(pipeline);
        return await operations.ReplayAsync(new ReplayRequest { Pipeline = pipeline, Limit = Most, Reason = "scenario" }, CancellationToken.None);
    }

    /// <summary>Brings entries into the identity map.</summary>
    public Task ImportAsync(IReadOnlyList<XrefLine> entries) => operations.ImportXrefsAsync(entries, CancellationToken.None);

    public Task<IReadOnlyList<LedgerRow>> LedgerAsync() => operations.LedgerAsync(CancellationToken.None);

    /// <summary>The pipeline's row; all zeros before its first message.</summary>
    public async Task<LedgerRow> LedgerAsync(string pipeline)
    {
        Check(pipeline);
        return (await LedgerAsync()).SingleOrDefault(r => r.Pipeline == pipeline) ?? new LedgerRow(pipeline, 0, 0, 0, 0, 0, 0);
    }

    private void Check(string pipeline)
    {
        if (!pipelines.Contains(pipeline)) throw new ArgumentException($"There is no pipeline {pipeline}; there are {string.Join(", ", pipelines)}.");
    }
}
