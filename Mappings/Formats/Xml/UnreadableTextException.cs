using Mappings.Diagnostics;

namespace Mappings.Formats.Xml;

/// <summary>Carries a finding out through the XML parser, which pulls its text from us.</summary>
internal sealed class UnreadableTextException(Finding finding) : IOException
{
    public Finding Finding { get; } = finding;
}
