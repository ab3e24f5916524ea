using Hub.Core.Journal;

namespace Hub.Host.Commands;

/// <summary>The journal's states in the reader's language.</summary>
internal static class Words
{
    public static string Of(MessageState state) => CommandTexts.Get("state." + state.ToString().ToLowerInvariant());

    public static string Of(DeliveryState state) => CommandTexts.Get("state." + state.ToString().ToLowerInvariant());

    public static string Of(StepResultKind result) => CommandTexts.Get("result." + result.ToString().ToLowerInvariant());
}
