using System.Diagnostics;
using System.Globalization;

namespace Hub.Host.Chaos;

/// <summary>Signals to other processes that .NET has no call for.</summary>
internal static class Signals
{
    /// <param name="signal">Without SIG: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>.</param>
    /// <param name="processId">Whose.</param>
    public static async Task SendAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
