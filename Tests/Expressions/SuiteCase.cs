using System.Text.Json;

namespace Tests.Expressions;

/// <summary>One case of the public JSONata suite.</summary>
/// <param name="Id"><c>group/file#index</c>.</param>
internal sealed record SuiteCase(string Id, string Tier, string Text, string? Input, JsonElement Source)
{
    public string? Code =>
        Source.TryGetProperty("code", out var code) ? code.GetString()
        : Source.TryGetProperty("error", out var error) && error.TryGetProperty("code", out code) ? code.GetString()
        : null;

    public int? Depth => Source.TryGetProperty("depth", out var depth) ? depth.GetInt32() : null;

    public bool IsUnordered => Source.TryGetProperty("unordered", out var unordered) && unordered.ValueKind == JsonValueKind.True;

    public JsonElement? Result => Source.TryGetProperty("result", out var result) ? result : null;

    public JsonElement? Bindings => Source.TryGetProperty("bindings", out var bindings) ? bindings : null;
}
