using Mappings.Diagnostics;

namespace Mappings.Formats.Xml;

/// <summary>Carries the finding out through the XML parser, which asks <see cref="BoundedNameTable"/> in the middle of its work.</summary>
internal sealed class TooManyNamesException(Finding finding) : Exception
{
    public Finding Finding { get; } = finding;
}
