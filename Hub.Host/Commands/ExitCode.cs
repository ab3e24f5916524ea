namespace Hub.Host.Commands;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>Findings, failures, or nothing to do where something was expected.</summary>
    public const int Findings = 1;

    /// <summary>Wrong verb, option or argument.</summary>
    public const int Usage = 2;
}
