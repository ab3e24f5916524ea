using System.Text.Encodings.Web;
using System.Text.Json;
using Mappings.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Host.Api;

/// <summary>Problem details (RFC 9457) made of a finding: the code as the type, what is wrong as the detail, what to write beside it.</summary>
internal static class ProblemAnswer
{
    /// <summary>Read by people too: quotes and Chinese stay as they are. The answer is JSON by its content type, never HTML.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="findings">All that is wrong, when that is more than the finding says.</param>
    public static async Task WriteAsync(HttpContext context, int status, Finding? finding, IReadOnlyList<Finding>? findings = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Readable);
        writer.WriteStartObject();
        writer.WriteString("type", finding is null ? "about:blank" : $"urn:connectorhub:{finding.Code}");
        writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        writer.WriteNumber("status", status);
        if (finding is not null)
        {
            writer.WriteString("code", finding.Code);
            writer.WriteString("detail", finding.Path.Length > 0 ? $"{finding.Path}: {finding.Message()}" : finding.Message());
            if (!finding.At.IsNone) writer.WriteString("at", finding.At.ToString());
            if (finding.Fix() is { } fix) writer.WriteString("fix", fix);
        }

        if (findings is { Count: > 0 })
        {
            writer.WriteStartArray("errors");
            foreach (var error in findings) writer.WriteStringValue(error.ToString());
            writer.WriteEndArray();
        }

        writer.WriteString("instance", context.Request.Path.Value);
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted);
    }
}
