using Mappings.Documents;
using Mappings.Formats;
using Mappings.Formats.Json;
using Microsoft.AspNetCore.Http;

namespace Connectors.Sandbox;

/// <summary>Reads the body of a request to the REST face: one JSON document of bounded size.</summary>
internal static class SandboxBody
{
    private const int Limit = 16 << 20;

    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Problem)> ReadAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        var block = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(block, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > Limit) return (default, SandboxProblems.TooLarge(Limit));
            body.Write(block, 0, read);
        }

        var bytes = new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
        return JsonTapeReader.TryRead(bytes, new TapeBuilder(), ReaderOptions.Default with { File = "body" }, out var error)
            ? (bytes, null)
            : (default, SandboxProblems.Invalid(error.ToString()));
    }
}
