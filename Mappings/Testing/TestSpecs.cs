using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>The keys of a file of tests.</summary>
internal static class TestSpecs
{
    public static ObjectSpec Stubs { get; } = new(
        "stubs",
        "What stands in for everything outside of the mapping.",
        "now: \"2024-11-05T10:00:00+08:00\"\nlookup: { uom: { PCS: pc } }",
        [
            FieldSpec.Optional("now", FieldType.Text, "What the clock says: a time with its offset; without it 2026-01-01T00:00:00Z.", "\"2024-11-05T10:00:00+08:00\""),
            FieldSpec.Optional("lookup", FieldType.MapOf(FieldType.MapOf(FieldType.Scalar)), "Tables that take the place of lookups; all others are the real ones.", "{ uom: { PCS: pc } }"),
            FieldSpec.Optional("xref", FieldType.MapOf(FieldType.MapOf(FieldType.Scalar)), "Known ids by entity; what is not here is not known.", "{ account: { C100045: A-77 } }"),
        ]);

    /// <summary>The long form of a test's record.</summary>
    public static ObjectSpec Given { get; } = new(
        "given",
        "A record of a sample file, with changes.",
        "file: samples/erp-orders.json\nset: { customer.code: C999 }",
        [
            FieldSpec.Required("file", FieldType.Path, "The file, from the configuration folder; it is read as the mapping's source says.", "samples/erp-orders.json"),
            FieldSpec.Optional("record", FieldType.Integer(1), "Which record of the file, from 1.", "2", "1"),
            FieldSpec.Optional("set", FieldType.MapOf(FieldType.Any), "Values by path that take the place of those in the file, or are added.", "{ customer.code: C999 }"),
            FieldSpec.Optional("remove", FieldType.ListOrOne(FieldType.Text), "Paths that are taken away.", "[ customer.name ]"),
            FieldSpec.Optional("part", FieldType.Text, "The part of the record that is mapped, as after a split; $message is then the whole record.", "\"lines[0]\""),
        ]);

    public static ObjectSpec Error { get; } = new(
        "expect_error",
        "The error the record is refused with.",
        "code: DAT320\nfield: stage",
        [
            FieldSpec.Required("code", FieldType.Text, "The code of the error.", "DAT320"),
            FieldSpec.Optional("field", FieldType.Text, "The field of the document; with or without positions in lists.", "items.lineTotal"),
            FieldSpec.Optional("outcome", FieldType.OneOf("dead-letter", "hold", "skip", "stop"), "What becomes of the record.", "dead-letter"),
        ],
        shortField: "code");

    public static ObjectSpec Warning { get; } = new(
        "expect_warning",
        "A warning that comes with the document.",
        "code: DAT331\nfield: mobile",
        [
            FieldSpec.Required("code", FieldType.Text, "The code of the warning.", "DAT331"),
            FieldSpec.Optional("field", FieldType.Text, "The field of the document; with or without positions in lists.", "mobile"),
        ],
        shortField: "code");

    public static ObjectSpec Test { get; } = new(
        "a test",
        "One record and what becomes of it.",
        "name: unknown status is refused\ngiven: { id: C8, status: X }\nexpect_error: { code: DAT320, field: active }",
        [
            FieldSpec.Required("name", FieldType.Text, "What is tested, for people.", "unknown status is refused"),
            FieldSpec.Required("given", FieldType.Any, "The record itself, or { file: samples/… } with set, remove, record and part.", "{ id: C8, status: X }"),
            FieldSpec.Optional("variables", FieldType.MapOf(FieldType.Any), "What the pipeline gives the mapping beside the record, such as message.", "{ message: { no: 7 } }"),
            FieldSpec.Optional("stubs", FieldType.Object(Stubs), "Stubs of this test, laid over those of the file.", "{ now: \"2024-11-05T10:00:00+08:00\" }"),
            FieldSpec.Optional("expect", FieldType.Any, "The whole document: nothing less and nothing more.", "{ code: C7, active: false }"),
            FieldSpec.Optional("expect_part", FieldType.Any, "Some of the document; { count: 4 } for a list, { absent: true } for what must not be there.", "{ stage: won, items: { count: 4 } }"),
            FieldSpec.Optional("expect_error", FieldType.Object(Error), "The error the record is refused with.", "{ code: DAT320, field: stage }"),
            FieldSpec.Optional("expect_skip", FieldType.Boolean, "True when skip_when leaves the record out.", "true"),
            FieldSpec.Optional("expect_warning", FieldType.ListOrOne(FieldType.Object(Warning), 1), "Warnings that come with the document.", "{ code: DAT331, field: mobile }"),
            FieldSpec.Optional("exact", FieldType.Boolean, "Whether 1.50 and 1.5 are different numbers.", "true", "false"),
        ]);

    public static ObjectSpec File { get; } = new(
        "a file of tests",
        "Records and what a mapping makes of them.",
        "tests_for: contact\ntests:\n  - name: a contact without a name is refused\n    given: { id: C8 }\n    expect_error: DAT301",
        [
            FieldSpec.Required("tests_for", FieldType.Name, "The mapping's name, which is also the file's.", "erp-order-to-crm-deal"),
            FieldSpec.Optional("stubs", FieldType.Object(Stubs), "Stubs of all tests of the file.", "{ lookup: { uom: { PCS: pc } } }"),
            FieldSpec.Required("tests", FieldType.List(FieldType.Object(Test), 1), "The tests.", "[ { name: no name, given: { id: C8 }, expect_error: DAT301 } ]"),
        ]);

    /// <summary>The <c>tests</c> of a mapping file.</summary>
    public static FieldType Inline { get; } = FieldType.List(FieldType.Object(Test), 1);
}
