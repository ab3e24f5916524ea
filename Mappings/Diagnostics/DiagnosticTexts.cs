namespace Mappings.Diagnostics;

/// <summary>The texts of all diagnostic codes. docs/diagnostics.md lists them; a test holds the two together.</summary>
public static class DiagnosticTexts
{
    public static TextCatalog Catalog { get; } = new(typeof(DiagnosticTexts).Assembly, "Mappings.Diagnostics.Texts");
}
