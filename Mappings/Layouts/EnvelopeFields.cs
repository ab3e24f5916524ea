using Mappings.Contracts;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>
/// The members of <c>$file</c> for an interchange: <c>interchange</c> from UNB or ISA, <c>group</c> from UNG or GS, and
/// <c>message</c> from UNH or ST. Places by ISO 9735 and X12.5; all are texts.
/// </summary>
internal static class EnvelopeFields
{
    public static IReadOnlyList<(string Name, ElementPlace Place)> Unb { get; } =
    [
        ("syntax", new(1, 1)), ("syntaxVersion", new(1, 2)), ("sender", new(2, 1)), ("senderQualifier", new(2, 2)), ("recipient", new(3, 1)),
        ("recipientQualifier", new(3, 2)), ("date", new(4, 1)), ("time", new(4, 2)), ("reference", new(5, 1)), ("application", new(7, 1)), ("test", new(11, 1)),
    ];

    public static IReadOnlyList<(string Name, ElementPlace Place)> Ung { get; } =
        [("type", new(1, 1)), ("sender", new(2, 1)), ("recipient", new(3, 1)), ("date", new(4, 1)), ("time", new(4, 2)), ("reference", new(5, 1))];

    public static IReadOnlyList<(string Name, ElementPlace Place)> Unh { get; } =
        [("reference", new(1, 1)), ("type", new(2, 1)), ("version", new(2, 2)), ("release", new(2, 3)), ("agency", new(2, 4)), ("association", new(2, 5))];

    public static IReadOnlyList<(string Name, ElementPlace Place)> Isa { get; } =
    [
        ("senderQualifier", new(5, 1)), ("sender", new(6, 1)), ("recipientQualifier", new(7, 1)), ("recipient", new(8, 1)), ("date", new(9, 1)),
        ("time", new(10, 1)), ("version", new(12, 1)), ("reference", new(13, 1)), ("test", new(15, 1)),
    ];

    public static IReadOnlyList<(string Name, ElementPlace Place)> Gs { get; } =
    [
        ("type", new(1, 1)), ("sender", new(2, 1)), ("recipient", new(3, 1)), ("date", new(4, 1)), ("time", new(5, 1)), ("reference", new(6, 1)),
        ("agency", new(7, 1)), ("version", new(8, 1)),
    ];

    public static IReadOnlyList<(string Name, ElementPlace Place)> St { get; } = [("type", new(1, 1)), ("reference", new(2, 1))];

    public static ContractShape Shape(LayoutKind kind, SourcePosition at)
    {
        var isEdifact = kind == LayoutKind.Edifact;
        return LayoutShapes.Object(at,
        [
            ("interchange", Part(at, isEdifact ? Unb : Isa), true),
            ("group", Part(at, isEdifact ? Ung : Gs), !isEdifact),
            ("message", Part(at, isEdifact ? Unh : St), true),
        ]);
    }

    private static ContractShape Part(SourcePosition at, IReadOnlyList<(string Name, ElementPlace Place)> fields) =>
        LayoutShapes.Object(at, fields.Select(f => (f.Name, new ContractShape { At = at, Kinds = ContractKinds.Text }, false)));
}
