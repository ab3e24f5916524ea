using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Connectors.Sandbox;

/// <summary>
/// The REST face of the sandbox systems: what a person or a test sees of them, and how they are told to misbehave.
/// Reading always works; a system that is down refuses to be written to (503). Errors are problem details (RFC 9457).
/// </summary>
public static class SandboxRest
{
    private const int DefaultPage = 100;
    private const int LargestPage = 1_000;
    private static readonly HashSet<string> Paging = new(StringComparer.Ordinal) { "offset", "limit" };

    /// <summary>
    /// Maps <c>GET /sandbox</c>; <c>GET|PUT /sandbox/{system}/behavior</c>; <c>GET|POST /sandbox/{system}/{collection}</c>
    /// (<c>?offset=</c>, <c>?limit=</c> up to 1,000, any other parameter asks for equality of a field);
    /// <c>GET|PUT|DELETE /sandbox/{system}/{collection}/{key}</c>.
    /// </summary>
    /// <returns>The group, so that the host can put its access rules on it.</returns>
    public static RouteGroupBuilder Map(IEndpointRouteBuilder routes, SandboxDirectory directory)
    {
        var group = routes.MapGroup("/sandbox");
        group.MapGet("/", () => TypedResults.Json(new { systems = directory.Systems.Select(Summary) }));
        group.MapGet("/{system}", (string system) => directory.Find(system) is { } found ? TypedResults.Json(Summary(found)) : SandboxProblems.NoSystem(system));
        group.MapGet("/{system}/behavior", (string system) => directory.Find(system) is { } found ? SandboxBehaviorJson.Result(found.Behavior) : SandboxProblems.NoSystem(system));
        group.MapPut("/{system}/behavior", (string system, HttpRequest request) => PutBehaviorAsync(directory, system, request));
        group.MapGet("/{system}/{collection}", (string system, string collection, HttpRequest request) => On(directory, system, collection, (_, c) => List(c, request.Query)));
        group.MapPost("/{system}/{collection}", (string system, string collection, HttpRequest request) => WriteAsync(directory, system, collection, null, request));
        group.MapGet("/{system}/{collection}/{key}", (string system, string collection, string key) => On(directory, system, collection, (_, c) => Get(c, key)));
        group.MapPut("/{system}/{collection}/{key}", (string system, string collection, string key, HttpRequest request) => WriteAsync(directory, system, collection, key, request));
        group.MapDelete("/{system}/{collection}/{key}", (string system, string collection, string key) => On(directory, system, collection, (s, c) => Delete(s, c, key)));
        return group;
    }

    private static IResult On(SandboxDirectory directory, string system, string collection, Func<SandboxSystem, SandboxCollection, IResult> action)
    {
        if (directory.Find(system) is not { } found) return SandboxProblems.NoSystem(system);
        return found.Find(collection) is { } records ? action(found, records) : SandboxProblems.NoCollection(system, collection);
    }

    private static object Summary(SandboxSystem system) => new
    {
        system = system.Name,
        behavior = SandboxBehaviorJson.From(system.Behavior),
        collections = system.Collections.Select(c => new { collection = c.Name, key = c.KeyPath, count = c.Count, repeated = c.Repeated }),
    };

    private static IResult List(SandboxCollection collection, IQueryCollection query)
    {
        if (!TryNumber(query, "offset", 0, int.MaxValue, out var offset) || !TryNumber(query, "limit", DefaultPage, LargestPage, out var limit))
            return SandboxProblems.Invalid($"offset is a whole number from 0, limit one up to {LargestPage}.");
        var where = query.Where(q => !Paging.Contains(q.Key)).Select(q => KeyValuePair.Create(q.Key, q.Value.ToString())).ToList();
        var found = collection.Find(where);
        return TypedResults.Stream(
            async output =>
            {
                await using var writer = new Utf8JsonWriter(output);
                writer.WriteStartObject();
                writer.WriteNumber("total", found.Count);
                writer.WriteStartArray("items");
                foreach (var record in found.Skip(offset).Take(limit)) writer.WriteRawValue(record.Body.Span, skipInputValidation: true);
                writer.WriteEndArray();
                writer.WriteEndObject();
            },
            "application/json");
    }

    private static IResult Get(SandboxCollection collection, string key) =>
        collection.TryGet(key, out var record) ? new SandboxRecordResult(record, StatusCodes.Status200OK) : SandboxProblems.NoRecord(collection.Name, key);

    private static IResult Delete(SandboxSystem system, SandboxCollection collection, string key)
    {
        if (system.Behavior.Down) return SandboxProblems.Down(system.Name);
        return collection.Remove(key) ? TypedResults.NoContent() : SandboxProblems.NoRecord(collection.Name, key);
    }

    private static async Task<IResult> WriteAsync(SandboxDirectory directory, string system, string collection, string? key, HttpRequest request)
    {
        if (directory.Find(system) is not { } found) return SandboxProblems.NoSystem(system);
        if (found.Find(collection) is not { KeyPath: not null } records) return SandboxProblems.NoCollection(system, collection);
        if (found.Behavior.Down) return SandboxProblems.Down(system);
        var (body, problem) = await SandboxBody.ReadAsync(request);
        if (problem is not null) return problem;
        var own = records.KeyOf(body);
        if (own is null) return SandboxProblems.Invalid($"The record has no {records.KeyPath}.");
        if (key is not null && own != key) return SandboxProblems.Invalid($"The record's {records.KeyPath} is not the key of the address.");
        var idempotencyKey = request.Headers["Idempotency-Key"].ToString();
        var write = records.Upsert(own, body, idempotencyKey.Length == 0 ? null : idempotencyKey);
        if (!records.TryGet(own, out var record)) return SandboxProblems.NoRecord(collection, own);
        return new SandboxRecordResult(record, write == SandboxWrite.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> PutBehaviorAsync(SandboxDirectory directory, string system, HttpRequest request)
    {
        if (directory.Find(system) is not { } found) return SandboxProblems.NoSystem(system);
        var (body, problem) = await SandboxBody.ReadAsync(request);
        if (problem is not null) return problem;
        if (SandboxBehaviorJson.TryRead(body, found.Behavior) is not { } behavior)
            return SandboxProblems.Invalid("Write { \"latency_ms\": 0 to 600000, \"fail_percent\": 0 to 100, \"down\": true or false }; what is left out stays as it is.");
        found.Behavior = behavior;
        return SandboxBehaviorJson.Result(behavior);
    }

    private static bool TryNumber(IQueryCollection query, string name, int whenAbsent, int most, out int number)
    {
        number = whenAbsent;
        return !query.TryGetValue(name, out var text) || (int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most);
    }
}
