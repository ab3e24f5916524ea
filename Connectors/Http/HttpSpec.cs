using Hub.Abstractions.Connectors;
using Mappings.Yaml;

namespace Connectors.Http;

/// <summary>The keys of <c>connector: http</c>.</summary>
internal static class HttpSpec
{
    private static readonly ObjectSpec Basic = new(
        "basic",
        "User name and password, sent as HTTP Basic authentication.",
        "{ user: hub, password: \"${CRM_PASSWORD}\" }",
        [
            FieldSpec.Required("user", FieldType.Text, "The user name; it must not hold a colon.", "hub"),
            FieldSpec.Required("password", FieldType.Text, "The password, by reference.", "${CRM_PASSWORD}").AsSecret(),
        ]);

    private static readonly ObjectSpec Header = new(
        "header",
        "A header of the system's own that carries a key.",
        "{ name: X-Api-Key, value: \"${CRM_KEY}\" }",
        [
            FieldSpec.Required("name", FieldType.Text, "The name of the header.", "X-Api-Key"),
            FieldSpec.Required("value", FieldType.Text, "The key, by reference.", "${CRM_KEY}").AsSecret(),
        ]);

    private static readonly ObjectSpec Auth = new(
        "auth",
        "How the hub proves who it is: one of bearer, basic and header.",
        "{ bearer: \"${CRM_TOKEN}\" }",
        [
            FieldSpec.Optional("bearer", FieldType.Text, "A token, by reference, sent as Authorization: Bearer.", "${CRM_TOKEN}").AsSecret(),
            FieldSpec.Optional("basic", FieldType.Object(Basic), "User name and password.", "{ user: hub, password: \"${CRM_PASSWORD}\" }"),
            FieldSpec.Optional("header", FieldType.Object(Header), "A header of the system's own.", "{ name: X-Api-Key, value: \"${CRM_KEY}\" }"),
        ]);

    private static readonly ObjectSpec Tls = new(
        "tls",
        "How the system's certificate is checked. It is always checked.",
        "{ ca: certificates/company-ca.pem }",
        [
            FieldSpec.Required("ca", FieldType.Path, "A PEM file, relative to the configuration folder, with the certificate authorities to trust instead of the machine's.", "certificates/company-ca.pem"),
        ]);

    public static ConnectorSpec Spec { get; } = new(
        "http",
        new ObjectSpec(
            "http system",
            "A system that is spoken to over HTTP.",
            "connector: http\naddress: https://crm.example.com/api\nauth: { bearer: \"${CRM_TOKEN}\" }",
            [
                FieldSpec.Optional("address", FieldType.Text, "The base URL; needed to send to the system or to ask it.", "https://crm.example.com/api"),
                FieldSpec.Optional("auth", FieldType.Object(Auth), "How the hub proves who it is.", "{ bearer: \"${CRM_TOKEN}\" }"),
                FieldSpec.Optional("headers", FieldType.MapOf(FieldType.Text), "Headers that go with every request.", "{ X-Tenant: northwind }"),
                FieldSpec.Optional("tls", FieldType.Object(Tls), "How the system's certificate is checked.", "{ ca: certificates/company-ca.pem }"),
            ]),
        new ObjectSpec(
            "http endpoint",
            "One resource of a system that is spoken to over HTTP.",
            "deals: { path: \"deals/{externalId}\", method: PUT }",
            [
                FieldSpec.Optional("path", FieldType.Text, "Path below the address; {field} is filled from the message. Default: the endpoint's name.", "\"deals/{externalId}\""),
                FieldSpec.Optional("method", FieldType.OneOf("POST", "PUT", "PATCH"), "The method messages are sent with. Questions are always GET.", "PUT", "POST"),
                ClaimBody.Field,
                FieldSpec.Optional("query", FieldType.MapOf(FieldType.Text), "Query parameters of every request; {field} is filled from the message.", "{ version: \"2\" }"),
            ]),
        ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send | ConnectorAbilities.Request);
}
