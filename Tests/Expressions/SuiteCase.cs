using System.Text.Json;

namespace Tests.Expressions;

/// <summary>One case of the public JSONata suite.</summary>
/// <param name="Id"><c>group/file#index</c>.</param>
internal sealed record SuiteCase(string Id, string Tier, string Text, string? Input, JsonElement Source)
{
    public string? Code => Of("code");

    /// <summary>The token that the error must name; null when the suite does not say.</summary>
    public string? Token => Of("token");

    /// <summary>The text of the error; null when the suite does not say.</summary>
    public string? Message => Of("message");

    public int? Depth => Source.TryGetProperty("depth", out var depth) ? depth.GetInt32() : null;

    public TimeSpan? TimeLimit => Source.TryGetProperty("timelimit", out var limit) ? TimeSpan.FromMilliseconds(limit.GetDouble()) : null;

    public bool IsUnordered => Source.TryGetProperty("unordered", out var unordered) && unordered.ValueKind == JsonValueKind.True;

    public JsonElement? Result => Source.TryGetProperty("result", out var result) ? result : null;

    public JsonElement? Bindings => Source.TryGetProperty("bindings", out var bindings) && bindings.ValueKind == JsonValueKind.Object ? bindings : null;

    /// <summary>A member of the case, or of its <c>error</c>.</summary>
    private string? Of(string name) =>
        Source.TryGetProperty(name, out var own) ? own.GetString()
        : Source.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty(name, out own) ? own.GetString()
        : null;
}
