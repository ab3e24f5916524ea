using Hub.Abstractions.Connectors;
using Mappings.Yaml;

namespace Connectors.File;

/// <summary>The keys of <c>connector: file</c>.</summary>
internal static class FileSpec
{
    public static ConnectorSpec Spec { get; } = new(
        "file",
        new ObjectSpec("file system", "A system that exchanges files in folders.", "connector: file", []),
        new ObjectSpec(
            "file endpoint",
            "A folder that files are taken from or written to.",
            "orders: { path: inbox/erp, pattern: \"*.json\" }",
            [
                FieldSpec.Required("path", FieldType.Path, "The folder, relative to the data folder.", "inbox/erp"),
                FieldSpec.Optional("pattern", FieldType.Text, "In: which files are taken; * stands for any characters, ? for one.", "\"*.csv\"", "\"*\""),
                FieldSpec.Optional("poll", FieldType.Duration, "In: how often the folder is looked at.", "5s", "1s"),
                FieldSpec.Optional("stable", FieldType.Duration, "In: how long a file must not have changed before it is taken.", "10s", "1s"),
                ClaimBody.Field,
                FieldSpec.Optional("name", FieldType.Text, "Out: the file's name, made of {id} (the delivery, the same for each attempt), {key} (the lane's key), {date} (yyyy-MM-dd in UTC, of acceptance) and fields of the message.", "\"order-{header.orderNo}-{id}.json\"", "\"{id}.json\""),
            ]),
        ConnectorAbilities.Receive | ConnectorAbilities.Send);
}
