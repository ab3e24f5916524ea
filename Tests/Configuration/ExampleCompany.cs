using Hub.Core.Configuration;
using Mappings.Yaml;

namespace Tests.Configuration;

/// <summary>A small configuration that is right, over made-up kinds of connectors and steps. Tests change one thing of it.</summary>
internal static class ExampleCompany
{
    public static ConfigurationSpecs Specs { get; } = new(
    [
        new ConnectorSpecs(
            "web",
            "A system with an HTTP interface.",
            [
                FieldSpec.Required("address", FieldType.Text, "Where it is.", "http://crm"),
                FieldSpec.Optional("password", FieldType.Text, "Its secret.", "${CRM_PASSWORD}").AsSecret(),
                FieldSpec.Optional("port", FieldType.Integer(1, 65_535), "Its port, secret here.", "8080").AsSecret(),
            ],
            new ObjectSpec("endpoint", "A path.", "{ path: /deals }",
            [
                FieldSpec.Required("path", FieldType.Text, "Path of the endpoint.", "/deals"),
                FieldSpec.Optional("contract", FieldType.Reference(ReferenceKind.Contract), "Shape of its messages.", "erp-order"),
            ], shortField: "path")),
        new ConnectorSpecs(
            "sandbox",
            "A system in memory.",
            [],
            new ObjectSpec("endpoint", "A collection.", "{ key: id }",
            [
                FieldSpec.Optional("key", FieldType.Expression, "Key of a record.", "id"),
                FieldSpec.Optional("contract", FieldType.Reference(ReferenceKind.Contract), "Shape of its messages.", "erp-order"),
            ])),
    ],
    new Dictionary<string, ObjectSpec>
    {
        ["filter"] = new("step filter", "Drops messages.", "status = 1", [FieldSpec.Required("when", FieldType.Expression, "Which go on.", "status = 1")], "when"),
        ["map"] = new("step map", "Maps.", "erp-order-to-crm-deal", [FieldSpec.Required("mapping", FieldType.Reference(ReferenceKind.Mapping), "The mapping.", "erp-order-to-crm-deal")], "mapping"),
        ["validate"] = new("step validate", "Checks.", "erp-order", [FieldSpec.Required("contract", FieldType.Reference(ReferenceKind.Contract), "The contract.", "erp-order")], "contract"),
        ["translate"] = new("step translate", "Looks up.", "uom", [FieldSpec.Required("lookup", FieldType.Reference(ReferenceKind.Lookup), "The table.", "uom")], "lookup"),
        ["send"] = new("step send", "Delivers.", "crm.deals", [FieldSpec.Required("to", FieldType.ListOrOne(FieldType.Reference(ReferenceKind.Endpoint), 1), "Where to.", "crm.deals")], "to"),
        ["route"] = new("step route", "Decides.", "[ { otherwise: crm.deals } ]",
        [
            FieldSpec.Required("choices", FieldType.List(FieldType.Object(new ObjectSpec("choice", "One way.", "{ when: a = 1, to: crm.deals }",
            [
                FieldSpec.Optional("when", FieldType.Expression, "Condition.", "a = 1"),
                FieldSpec.Optional("to", FieldType.ListOrOne(FieldType.Reference(ReferenceKind.Endpoint)), "Where to.", "crm.deals"),
                FieldSpec.Optional("otherwise", FieldType.ListOrOne(FieldType.Reference(ReferenceKind.Endpoint)), "Where else.", "crm.deals"),
            ])), 1), "The ways.", "[ { otherwise: crm.deals } ]"),
        ], "choices"),
    });

    public static IReferenceSource References { get; } = new FixedReferences();

    /// <summary>The files with some replaced, added, or (null) removed.</summary>
    public static ConfigurationSnapshot Files(params (string Path, string? Text)[] changes)
    {
        var files = new Dictionary<string, string>
        {
            ["hub.yaml"] = "hub: example-company\nstore: { file: data/hub.db }\n",
            ["environments/test.yaml"] = "environment: test\nsystems:\n  crm:\n    connector: sandbox\n    endpoints: { deals: { key: externalId } }\n",
            ["systems/crm.yaml"] = "system: crm\nconnector: web\naddress: http://${CRM_HOST}/\npassword: ${file:/run/secrets/crm}\nendpoints:\n  deals: /deals\n  contacts: { path: /contacts }\n",
            ["systems/erp.yaml"] = "system: erp\nconnector: sandbox\nendpoints:\n  orders: { key: orderNo, contract: erp-order }\n",
            ["contracts/erp-order.yaml"] = "contract: erp-order\ntype: object\n",
            ["lookups/uom.yaml"] = "lookup: uom\nentries: { PCS: pc, EA: ea }\n",
            ["lookups/currency-iso.csv"] = "code,iso\nRMB,CNY\n",
            ["mappings/erp-order-to-crm-deal.yaml"] = "mapping: erp-order-to-crm-deal\nfields:\n  externalId: header.orderNo\n",
            ["mappings/erp-order-to-crm-deal.test.yaml"] = "tests_for: erp-order-to-crm-deal\n",
            ["pipelines/erp-orders-to-crm.yaml"] = "pipeline: erp-orders-to-crm\nfrom: erp.orders\nkey: header.orderNo\nsteps:\n  - filter: header.status != \"DRAFT\"\n  - validate: erp-order\n  - translate: currency-iso\n  - map: erp-order-to-crm-deal\n  - send: crm.deals\n",
        };
        foreach (var (path, text) in changes)
        {
            if (text is null) files.Remove(path);
            else files[path] = text;
        }

        return ConfigurationSnapshot.Of("config", files);
    }

    public static LoadedConfiguration Load(params (string Path, string? Text)[] changes) => Load(Files(changes));

    public static LoadedConfiguration Load(IConfigurationFiles files, string? environment = null) => ConfigurationLoader.Load(files, environment, Specs, References);

    private sealed class FixedReferences : IReferenceSource
    {
        public string? Variable(string name) => name switch { "CRM_HOST" => "crm.example", "CRM_NAME" => "crm", _ => null };

        public string? File(string path) => path == "/run/secrets/crm" ? "marker-s3cret\n" : null;
    }
}
