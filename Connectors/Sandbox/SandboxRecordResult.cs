using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Connectors.Sandbox;

/// <summary>A record's body, with its version as <c>ETag</c> and the idempotency key of its last write.</summary>
internal sealed class SandboxRecordResult(SandboxRecord record, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = record.Body.Length;
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{record.Version}\"");
        if (record.IdempotencyKey is { } key && key.All(c => c is >= ' ' and < '\u007F')) response.Headers["Idempotency-Key"] = key;
        await response.Body.WriteAsync(record.Body, httpContext.RequestAborted);
    }
}
