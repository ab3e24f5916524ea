using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tests.Connectors.RabbitMq;

/// <summary>A port that leads to a server's while it is open; closed, nobody answers there and what went through it is cut.</summary>
internal sealed class PortGate
{
    private readonly int _target;
    private readonly ConcurrentBag<Socket> _through = [];
    private Action? _stop;
    private Task _accepting = Task.CompletedTask;

    public PortGate(int target)
    {
        _target = target;
        Open();
    }

    public int Port { get; private set; }

    public void Open()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _stop = listener.Stop;
        _accepting = AcceptAsync(listener);
    }

    public async Task CloseAsync()
    {
        _stop?.Invoke();
        _stop = null;
        await _accepting;
        while (_through.TryTake(out var socket)) socket.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(IPAddress.Loopback, _target);
                _through.Add(client);
                _through.Add(server);
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The gate was closed.
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var block = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(block)) > 0;) await to.SendAsync(block.AsMemory(0, read));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side went: the other goes below.
        }

        from.Dispose();
        to.Dispose();
    }
}
