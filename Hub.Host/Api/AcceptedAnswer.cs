using System.Text;
using Hub.Abstractions.Ingress;

namespace Hub.Host.Api;

/// <summary>
/// The answer to an accepted payload: <c>{"id":"…"}</c>, and for several pipelines or records <c>messages</c> with the id,
/// pipeline and duplicate mark of each. Written by hand: it is on the path of every request.
/// </summary>
internal static class AcceptedAnswer
{
    public static async Task WriteAsync(HttpResponse response, IngressResult result)
    {
        response.ContentType = "application/json";
        var text = new StringBuilder(64).Append("{\"id\":\"").Append(result.Messages[0].Id).Append('"');
        if (result.Messages.Count > 1)
        {
            text.Append(",\"accepted\":").Append(result.Accepted).Append(",\"duplicates\":").Append(result.Duplicates).Append(",\"messages\":[");
            for (var i = 0; i < result.Messages.Count; i++)
            {
                var message = result.Messages[i];
                if (i > 0) text.Append(',');
                // Pipeline names are checked by the configuration to need no escaping.
                text.Append("{\"id\":\"").Append(message.Id).Append("\",\"pipeline\":\"").Append(message.Pipeline)
                    .Append("\",\"duplicate\":").Append(message.Duplicate ? "true" : "false").Append('}');
            }

            text.Append(']');
        }

        text.Append('}');
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes);
    }
}
