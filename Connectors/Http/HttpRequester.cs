using System.Net;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;

namespace Connectors.Http;

/// <summary>
/// Asks by <c>GET path?field=value</c>. 404 and an empty array mean that there is no such record; an object, or an array
/// of one object, is the record.
/// </summary>
internal sealed class HttpRequester(EndpointContext endpoint, HttpTarget target, HttpClientOfEndpoint client) : IRequester
{
    /// <summary>Bytes of an answer.</summary>
    internal const int Limit = 4 << 20;

    public async ValueTask<ReadOnlyMemory<byte>?> RequestAsync(IReadOnlyList<KeyValuePair<string, string>> where, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target.For(where));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        using var response = await client.SendAsync(request, HttpStatusCode.NotFound, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NoContent) return null;
        var answer = await client.ReadAsync(response, Limit, cancellationToken);
        if (!TrySelect(answer, out var record, out var count)) throw new PermanentException(HttpFindings.NotJson(endpoint.Name, client.Quote(answer.Span)));
        if (count > 1) throw new PermanentException(HttpFindings.NotOne(endpoint.Name, count, string.Join(", ", where.Select(w => w.Key))));
        // A bare null would become an empty memory by way of byte[].
        return count == 0 ? default(ReadOnlyMemory<byte>?) : record;
    }

    /// <returns>False when the answer is not JSON, or not an object or an array of objects.</returns>
    internal static bool TrySelect(ReadOnlyMemory<byte> answer, out ReadOnlyMemory<byte> record, out int count)
    {
        record = default;
        count = 0;
        try
        {
            var json = answer.Span.StartsWith("\uFEFF"u8) ? answer[3..] : answer;
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 256 });
            reader.Read();
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            if (isArray) reader.Read();
            while (reader.TokenType == JsonTokenType.StartObject)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (count++ == 0) record = json[start..(int)reader.BytesConsumed];
                // At the end of the text this stays on the last token, which is no start.
                reader.Read();
            }

            return isArray ? reader.TokenType == JsonTokenType.EndArray && !reader.Read() : count == 1;
        }
        catch (JsonException)
        {
            // What is wrong with it is of no use to the hub's user: the answer is quoted.
            return false;
        }
    }
}
