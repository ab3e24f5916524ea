using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Operations;
using Hub.Host.Commands;
using Mappings.Diagnostics;

namespace Hub.Host.Api;

/// <summary>
/// <c>/ops</c>: the operations of a running hub over HTTP. With an operator key every request must carry it; without one
/// the hub listens on loopback addresses only, and says so at start.
/// </summary>
internal sealed class OperationsApi(IHubOperations operations, byte[]? keyHash)
{
    private const int MostEntries = 10_000;

    public void Map(IEndpointRouteBuilder application)
    {
        var group = application.MapGroup("/ops").AddEndpointFilter(new OperatorKeyFilter(keyHash));
        group.MapGet("/status", async (CancellationToken stop) => Json(await operations.StatusAsync(stop)));
        group.MapGet("/messages", MessagesAsync);
        group.MapGet("/messages/{id}", (string id, CancellationToken stop) => OneAsync(id, operations.ExplainAsync, stop));
        group.MapGet("/messages/{id}/origins", (string id, CancellationToken stop) => OneAsync(id, operations.OriginsAsync, stop));
        group.MapGet("/messages/{id}/sample", (string id, CancellationToken stop) => OneAsync(id, operations.SampleAsync, stop));
        group.MapGet("/dead", async (string? pipeline, CancellationToken stop) => Json(await operations.DeadAsync(pipeline, stop)));
        group.MapPost("/replay", ReplayAsync);
        group.MapPost("/xref", ImportAsync);
        group.MapGet("/xref", async (string entity, string id, CancellationToken stop) => Json(await operations.FindXrefsAsync(entity, id, stop)));
        group.MapGet("/nodes", async (CancellationToken stop) => Json(await operations.NodesAsync(stop)));
        group.MapGet("/doctor", async (CancellationToken stop) => Json(await operations.DoctorAsync(stop)));
        group.MapGet("/ledger", async (CancellationToken stop) => Json(await operations.LedgerAsync(stop)));
    }

    private async Task<IResult> MessagesAsync(string? pipeline, string? state, string? key, int? limit, CancellationToken stop)
    {
        if (state is not null && (int.TryParse(state, out _) || !Enum.TryParse<MessageState>(state, ignoreCase: true, out _))) return Refuse(StatusCodes.Status400BadRequest, "HUB911", ("found", state));
        var query = new MessageQuery
        {
            Pipeline = pipeline,
            State = state is null ? null : Enum.Parse<MessageState>(state, ignoreCase: true),
            Key = key,
            Limit = Math.Clamp(limit ?? 50, 1, 1000),
        };
        return Json(await operations.MessagesAsync(query, stop));
    }

    private static async Task<IResult> OneAsync<T>(string id, Func<MessageId, CancellationToken, Task<T?>> find, CancellationToken stop)
        where T : class
    {
        if (!MessageId.TryParse(id, out var message)) return Refuse(StatusCodes.Status400BadRequest, "HUB912", ("found", id));
        return await find(message, stop) is { } found ? Json(found) : Refuse(StatusCodes.Status404NotFound, "HUB913", ("id", id));
    }

    private async Task<IResult> ReplayAsync(ReplayRequest request, CancellationToken stop) =>
        Json(await operations.ReplayAsync(request with { Limit = Math.Clamp(request.Limit, 1, 1000) }, stop));

    private async Task<IResult> ImportAsync(List<XrefLine> entries, CancellationToken stop)
    {
        if (entries.Count > MostEntries) return Refuse(StatusCodes.Status400BadRequest, "HUB945", ("count", $"{entries.Count}"), ("limit", $"{MostEntries}"));
        var wrong = entries.FindIndex(line => line is null || !line.IsValid());
        return wrong >= 0
            ? Refuse(StatusCodes.Status400BadRequest, "HUB946", ("number", $"{wrong + 1}"), ("limit", $"{XrefLine.MaximumLength}"))
            : Json(await operations.ImportXrefsAsync(entries, stop));
    }

    private static IResult Json<T>(T value) => Results.Json(value, CommandOutput.JsonFormat);

    private static ProblemResult Refuse(int status, string code, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        new(status, Finding.Error(code, SourcePosition.None, string.Empty, arguments));
}
