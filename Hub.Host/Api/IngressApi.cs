using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Host.Api;

/// <summary>
/// <c>POST /in/{system}/{endpoint}</c>: plain bodies and CloudEvents 1.0 (HTTP binding, binary and structured mode).
/// 202 with the message id after the journal's commit, 200 with the first id for a duplicate, problem details otherwise.
/// </summary>
internal sealed class IngressApi(IIngress ingress, IIngressRoutes routes)
{
    private const int ChunkFraming = 64 * 1024;
    private static readonly byte[] EmptyBody = [];

    public void Map(IEndpointRouteBuilder application) => application.MapPost("/in/{system}/{endpoint}", (RequestDelegate)HandleAsync);

    private async Task HandleAsync(HttpContext context)
    {
        var values = context.Request.RouteValues;
        var name = new EndpointName((string)values["system"]!, (string)values["endpoint"]!);
        if (routes.Find(name.System, name.Endpoint) is not { } route)
        {
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status404NotFound, Refusal("ING701", ("endpoint", name.ToString())));
            return;
        }

        if (!ApiKeyCheck.Allows(context.Request, route.ApiKey))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status401Unauthorized, Refusal("ING721", ("system", name.System)));
            return;
        }

        var structured = CloudEventReader.IsStructured(context.Request.ContentType);
        if (!structured && route.ClaimOver is { } over && !(context.Request.ContentLength <= over))
        {
            await AnswerAsync(context, await ingress.AcceptAsync(name, Streamed(context, route), context.RequestAborted));
            return;
        }

        if (!structured && !ContentTypes.Fits(context.Request.ContentType, route.Format))
        {
            await ProblemAnswer.WriteAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                Refusal("ING722", ("found", context.Request.ContentType!), ("format", route.Format), ("expected", ContentTypes.Expected(route.Format))));
            return;
        }

        var (body, tooLarge) = await ReadBodyAsync(context, route.MaxBody);
        if (tooLarge)
        {
            var limit = route.MaxBody.ToString(CultureInfo.InvariantCulture);
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, Refusal("ING724", ("limit", limit)));
            return;
        }

        var payload = new IncomingPayload { Body = body, Attributes = CloudEventReader.ReadHeaders(context.Request.Headers) };
        if (structured && !CloudEventReader.TryReadStructured(body, payload, out payload, out var fault))
        {
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        await AnswerAsync(context, await ingress.AcceptAsync(name, payload, context.RequestAborted));
    }

    /// <summary>A body that may be too large to hold: what it is does not matter before somebody reads it.</summary>
    private static IncomingPayload Streamed(HttpContext context, IngressRoute route)
    {
        // One byte over the limit has to be seen to be refused with a reason.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = (route.ClaimMax * 2) + ChunkFraming;
        return new IncomingPayload
        {
            Stream = context.Request.Body,
            Length = context.Request.ContentLength,
            ContentType = context.Request.ContentType,
            Attributes = CloudEventReader.ReadHeaders(context.Request.Headers),
        };
    }

    private static async Task AnswerAsync(HttpContext context, IngressResult result)
    {
        var response = context.Response;
        if (result.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        switch (result.Status)
        {
            case IngressStatus.Accepted:
            case IngressStatus.Duplicate:
                response.StatusCode = result.Status == IngressStatus.Accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
                await AcceptedAnswer.WriteAsync(response, result);
                break;
            case IngressStatus.Malformed:
                await ProblemAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, result.Finding, result.Findings);
                break;
            case IngressStatus.TooLarge:
                await ProblemAnswer.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, result.Finding);
                break;
            case IngressStatus.UnknownEndpoint:
                await ProblemAnswer.WriteAsync(context, StatusCodes.Status404NotFound, result.Finding);
                break;
            case IngressStatus.Busy:
                await ProblemAnswer.WriteAsync(context, StatusCodes.Status429TooManyRequests, result.Finding);
                break;
            default:
                await ProblemAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, result.Finding);
                break;
        }
    }

    /// <summary>Reads the whole body, or stops at the limit: a chunked body is not trusted to end.</summary>
    private static async ValueTask<(byte[] Body, bool TooLarge)> ReadBodyAsync(HttpContext context, long limit)
    {
        var length = context.Request.ContentLength;
        if (length > limit) return (EmptyBody, true);
        // The server counts the framing of chunks too; what counts here is the body, below.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = (limit * 2) + ChunkFraming;
        if (length is { } known) return (await ReadExactlyAsync(context.Request.BodyReader, (int)known, context.RequestAborted), false);
        var body = context.Request.Body;
        using var grown = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                if (grown.Length + read > limit) return (EmptyBody, true);
                grown.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (grown.ToArray(), false);
    }

    /// <summary>Straight from the server's buffers into the array that the journal keeps.</summary>
    private static async ValueTask<byte[]> ReadExactlyAsync(PipeReader reader, int length, CancellationToken stop)
    {
        if (length == 0) return EmptyBody;
        var body = new byte[length];
        for (var filled = 0; filled < length;)
        {
            var read = await reader.ReadAsync(stop);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, length - filled));
            part.CopyTo(body.AsSpan(filled));
            filled += (int)part.Length;
            reader.AdvanceTo(part.End);
            if (read.IsCompleted && filled < length) throw new BadHttpRequestException("The body ended before its announced length.");
        }

        return body;
    }

    private static Finding Refusal(string code, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Finding.Error(code, SourcePosition.None, string.Empty, arguments);
}
