using System.Net;
using System.Net.Sockets;

namespace Tests.Servers;

/// <summary>Ports of this machine that nobody uses.</summary>
internal static class FreePorts
{
    /// <summary>The first of so many free ports in a row.</summary>
    public static int Row(int count)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var first = One();
            if (first + count < 60_000 && Enumerable.Range(first + 1, count - 1).All(IsFree)) return first;
        }

        throw new InvalidOperationException($"No {count} free ports in a row on this machine.");
    }

    private static int One()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            // Somebody has it: that is the answer.
            return false;
        }
    }
}
