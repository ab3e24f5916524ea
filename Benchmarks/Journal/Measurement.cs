using System.Globalization;

namespace Benchmarks.Journal;

/// <summary>One round.</summary>
/// <param name="PerSecond">Messages a second, by the clock.</param>
/// <param name="CpuMicroseconds">Processor time of the process a message: steadier than the clock on a machine that others use.</param>
/// <param name="CommitsPerHundred">Transactions for a hundred messages.</param>
internal readonly record struct Measurement(double PerSecond, double CpuMicroseconds, double CommitsPerHundred)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{PerSecond,9:N0}/s {CpuMicroseconds,5:F1} us cpu {CommitsPerHundred:F2} commits per 100");
}
