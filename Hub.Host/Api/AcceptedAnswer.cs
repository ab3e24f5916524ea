using System.Text;
using System.Text.Json;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Host.Commands;

namespace Hub.Host.Api;

/// <summary>
/// The answer to an accepted payload: <c>{"id":"…"}</c>, and for several pipelines or records <c>messages</c> with the id,
/// pipeline and duplicate mark of each. Written by hand: it is on the path of every request.
/// </summary>
internal static class AcceptedAnswer
{
    private const int SingleLength = 7 + MessageId.TextLength + 2;

    public static Task WriteAsync(HttpResponse response, IngressResult result)
    {
        response.ContentType = "application/json";
        if (result.Messages.Count > 1 || result.Stopped is not null) return WriteManyAsync(response, result);
        response.ContentLength = SingleLength;
        var answer = response.BodyWriter.GetSpan(SingleLength);
        "{\"id\":\""u8.CopyTo(answer);
        Encoding.ASCII.GetBytes(result.Messages[0].Id.ToString(), answer[7..]);
        "\"}"u8.CopyTo(answer[(7 + MessageId.TextLength)..]);
        response.BodyWriter.Advance(SingleLength);
        return Task.CompletedTask;
    }

    private static async Task WriteManyAsync(HttpResponse response, IngressResult result)
    {
        var text = new StringBuilder(128).Append("{\"id\":\"").Append(result.Messages[0].Id)
            .Append("\",\"accepted\":").Append(result.Accepted).Append(",\"duplicates\":").Append(result.Duplicates).Append(",\"messages\":[");
        for (var i = 0; i < result.Messages.Count; i++)
        {
            var message = result.Messages[i];
            if (i > 0) text.Append(',');
            // Pipeline names are checked by the configuration to need no escaping.
            text.Append("{\"id\":\"").Append(message.Id).Append("\",\"pipeline\":\"").Append(message.Pipeline)
                .Append("\",\"duplicate\":").Append(message.Duplicate ? "true" : "false").Append('}');
        }

        text.Append(']');
        if (result.Stopped is { } stopped) text.Append(",\"stopped\":").Append(JsonSerializer.Serialize(stopped.Message(), CommandOutput.JsonFormat));
        var bytes = Encoding.UTF8.GetBytes(text.Append('}').ToString());
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes);
    }
}
