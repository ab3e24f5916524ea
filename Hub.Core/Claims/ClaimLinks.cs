using System.Text.Json;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;

namespace Hub.Core.Claims;

/// <summary>Which messages a claim belongs to: a document of the hub, committed together with them. A claim without one belongs to nobody.</summary>
internal static class ClaimLinks
{
    public const string Kind = "claim";

    public static WriteStateOperation Write(MessageId claim, IEnumerable<MessageId> messages, DateTimeOffset at) =>
        new(Kind, claim.ToString(), 0, JsonSerializer.SerializeToUtf8Bytes(messages.Select(m => m.ToString())), at);

    public static WriteStateOperation Delete(MessageId claim, DateTimeOffset at) => new(Kind, claim.ToString(), 1, null, at);

    public static IEnumerable<MessageId> Read(StateRecord link)
    {
        foreach (var text in JsonSerializer.Deserialize<string[]>(link.Body.Span) ?? [])
        {
            if (MessageId.TryParse(text, out var id)) yield return id;
        }
    }
}
