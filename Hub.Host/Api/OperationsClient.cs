using System.Net;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Operations;
using Hub.Host.Commands;
using Mappings.Diagnostics;

namespace Hub.Host.Api;

/// <summary>The operations of a running hub, from another process. Refusals become <see cref="PermanentException"/> with what to do.</summary>
internal sealed class OperationsClient : IHubOperations, IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _hub;

    public OperationsClient(Uri hub, string? key)
    {
        _hub = hub;
        _client = new HttpClient { BaseAddress = new Uri(hub, "/ops/"), Timeout = TimeSpan.FromSeconds(30) };
        if (!string.IsNullOrEmpty(key)) _client.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    public void Dispose() => _client.Dispose();

    public async Task<HubStatus> StatusAsync(CancellationToken cancellationToken) => (await GetAsync<HubStatus>("status", cancellationToken))!;

    public async Task<IReadOnlyList<MessageLine>> MessagesAsync(MessageQuery query, CancellationToken cancellationToken)
    {
        var parts = new List<string> { $"limit={query.Limit}" };
        if (query.Pipeline is { } pipeline) parts.Add($"pipeline={Uri.EscapeDataString(pipeline)}");
        if (query.State is { } state) parts.Add($"state={state}");
        if (query.Key is { } key) parts.Add($"key={Uri.EscapeDataString(key)}");
        return (await GetAsync<List<MessageLine>>($"messages?{string.Join('&', parts)}", cancellationToken))!;
    }

    public Task<MessageExplanation?> ExplainAsync(MessageId id, CancellationToken cancellationToken) =>
        GetAsync<MessageExplanation>($"messages/{id}", cancellationToken, missingIsNull: true);

    public Task<MessageOrigins?> OriginsAsync(MessageId id, CancellationToken cancellationToken) =>
        GetAsync<MessageOrigins>($"messages/{id}/origins", cancellationToken, missingIsNull: true);

    public Task<MessageSample?> SampleAsync(MessageId id, CancellationToken cancellationToken) =>
        GetAsync<MessageSample>($"messages/{id}/sample", cancellationToken, missingIsNull: true);

    public async Task<IReadOnlyList<DeadGroup>> DeadAsync(string? pipeline, CancellationToken cancellationToken) =>
        (await GetAsync<List<DeadGroup>>(pipeline is null ? "dead" : $"dead?pipeline={Uri.EscapeDataString(pipeline)}", cancellationToken))!;

    public async Task<ReplayReport> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken) =>
        (await ReadAsync<ReplayReport>(() => _client.PostAsJsonAsync("replay", request, CommandOutput.JsonFormat, cancellationToken), false, cancellationToken))!;

    public async Task<NodesReport> NodesAsync(CancellationToken cancellationToken) => (await GetAsync<NodesReport>("nodes", cancellationToken))!;

    public async Task<DoctorReport> DoctorAsync(CancellationToken cancellationToken) => (await GetAsync<DoctorReport>("doctor", cancellationToken))!;

    public async Task<IReadOnlyList<LedgerRow>> LedgerAsync(CancellationToken cancellationToken) =>
        (await GetAsync<List<LedgerRow>>("ledger", cancellationToken))!;

    public async Task<XrefReport> ImportXrefsAsync(IReadOnlyList<XrefLine> entries, CancellationToken cancellationToken) =>
        (await ReadAsync<XrefReport>(() => _client.PostAsJsonAsync("xref", entries, CommandOutput.JsonFormat, cancellationToken), false, cancellationToken))!;

    public async Task<IReadOnlyList<XrefLine>> FindXrefsAsync(string entity, string id, CancellationToken cancellationToken) =>
        (await GetAsync<List<XrefLine>>($"xref?entity={Uri.EscapeDataString(entity)}&id={Uri.EscapeDataString(id)}", cancellationToken))!;

    private Task<T?> GetAsync<T>(string path, CancellationToken stop, bool missingIsNull = false)
        where T : class =>
        ReadAsync<T>(() => _client.GetAsync(new Uri(path, UriKind.Relative), stop), missingIsNull, stop);

    private async Task<T?> ReadAsync<T>(Func<Task<HttpResponseMessage>> send, bool missingIsNull, CancellationToken stop)
        where T : class
    {
        try
        {
            using var response = await send();
            if (response.IsSuccessStatusCode) return await response.Content.ReadFromJsonAsync<T>(CommandOutput.JsonFormat, stop);
            if (response.StatusCode == HttpStatusCode.NotFound && missingIsNull) return null;
            if (response.StatusCode == HttpStatusCode.Unauthorized) throw Failure("HUB910");
            throw Failure("HUB915", ("status", $"{(int)response.StatusCode}"), ("detail", await DetailAsync(response, stop)));
        }
        catch (Exception cause) when (cause is HttpRequestException or JsonException)
        {
            throw Failure("HUB914", ("reason", cause.InnerException?.Message ?? cause.Message));
        }
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        return text.Length > 300 ? text[..300] : text;
    }

    private PermanentException Failure(string code, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        new(Finding.Error(code, new SourcePosition(_hub.GetLeftPart(UriPartial.Authority), 0, 0), string.Empty, arguments));
}
