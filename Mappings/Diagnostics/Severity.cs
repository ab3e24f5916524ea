namespace Mappings.Diagnostics;

/// <summary>How much a finding weighs: an error refuses the file or the message, a warning does not.</summary>
public enum Severity
{
    Error,
    Warning,
}
