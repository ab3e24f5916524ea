namespace Hub.Core.Operations;

/// <summary>What a check of one system found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Connector">Its kind, such as <c>http</c>.</param>
/// <param name="Checked">False when its connector knows no check.</param>
/// <param name="Milliseconds">How long the check took; with a new connection, that included.</param>
/// <param name="Version">What it says it is; null when it does not say.</param>
/// <param name="ClockSeconds">How far its clock is before (positive) or behind the hub's; null when it does not say.</param>
/// <param name="Findings">What is wrong.</param>
public sealed record SystemReport(
    string Name, string Connector, bool Checked, double Milliseconds, string? Version, double? ClockSeconds, IReadOnlyList<FindingView> Findings);
