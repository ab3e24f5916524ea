using Hub.Abstractions.Connectors;
using Mappings.Yaml;

namespace Connectors;

/// <summary><c>body:</c> of an endpoint that is sent to: the message, or the large payload that came with it.</summary>
internal static class ClaimBody
{
    public static FieldSpec Field { get; } = FieldSpec.Optional(
        "body", FieldType.OneOf("message", "claim"), "Out: what is sent: the message, or the large payload that was kept apart from it (claim_check), byte for byte; a message without one is sent itself.", "claim", "message");

    public static bool IsSent(EndpointContext endpoint) => endpoint.Settings.Text("body") == "claim";
}
