using Hub.Abstractions.Connectors;
using Mappings.Yaml;

namespace Connectors.Sandbox;

/// <summary>The keys of <c>connector: sandbox</c>.</summary>
internal static class SandboxSpec
{
    private static readonly ObjectSpec Behavior = new(
        "behavior",
        "How the system behaves towards the hub; it can be changed while it runs.",
        "{ latency: 20ms, fail: 5%, down: false }",
        [
            FieldSpec.Optional("latency", FieldType.Duration, "How long each write and each question takes.", "20ms", "0ms"),
            FieldSpec.Optional("fail", FieldType.Percent, "The share of writes and questions that fail in passing, as with 503.", "5%", "0%"),
            FieldSpec.Optional("down", FieldType.Boolean, "True: the system cannot be reached.", "true", "false"),
        ]);

    public static ConnectorSpec Spec { get; } = new(
        "sandbox",
        new ObjectSpec(
            "sandbox system",
            "A small system of record inside the hub's process, for demonstrations and tests.",
            "connector: sandbox\nbehavior: { latency: 20ms }",
            [FieldSpec.Optional("behavior", FieldType.Object(Behavior), "How the system behaves towards the hub.", "{ latency: 20ms }")]),
        new ObjectSpec(
            "sandbox endpoint",
            "One collection of records.",
            "accounts: { key: code, seed: samples/accounts.csv }",
            [
                FieldSpec.Optional("key", FieldType.Text, "Path of the member that tells records apart; needed to keep records.", "code"),
                FieldSpec.Optional("seed", FieldType.Path, "A file with the first records, in the endpoint's format, relative to the configuration folder.", "samples/accounts.csv"),
                FieldSpec.Optional("publish", FieldType.Boolean, "True: the seed file's bytes are handed to the hub as one payload when the hub starts.", "true", "false"),
            ]),
        ConnectorAbilities.Receive | ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send | ConnectorAbilities.Request);
}
