using System.Globalization;

namespace Benchmarks.Journal;

/// <summary>One round against a database server.</summary>
/// <param name="Client">The side of this process.</param>
/// <param name="ServerMicroseconds">Processor time of the server a message.</param>
internal readonly record struct ServerMeasurement(Measurement Client, double ServerMicroseconds)
{
    /// <summary>Processor time a message, both sides.</summary>
    internal double TotalMicroseconds => Client.CpuMicroseconds + ServerMicroseconds;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Client} + server {ServerMicroseconds,5:F1} us = {TotalMicroseconds:F1}");
}
