using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Ingress;

/// <summary>
/// The lightest HTTP/1.1 client that still waits for each answer: raw sockets, keep-alive, one request at a time per
/// connection. It is the same for both sides of a comparison, so that what differs is the server.
/// </summary>
internal sealed class LoadClient(IPEndPoint server, string path, int connections)
{
    private int _number;

    /// <summary>Posts for the given time. Any answer but 202 ends the run.</summary>
    /// <returns>Answers a second, and the whole process's processor time for each, the client's own included.</returns>
    public async Task<(double PerSecond, double CpuMicroseconds)> RunAsync(TimeSpan time, Func<long, byte[]> body)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => PostAsync(watch, time, body))));
        return (counts.Sum() / watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / counts.Sum());
    }

    private async Task<long> PostAsync(Stopwatch watch, TimeSpan time, Func<long, byte[]> body)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        var answer = new byte[4096];
        long count = 0;
        while (watch.Elapsed < time)
        {
            await socket.SendAsync(Request(body(Interlocked.Increment(ref _number))));
            await ReadAnswerAsync(socket, answer);
            count++;
        }

        return count;
    }

    private byte[] Request(byte[] body)
    {
        var head = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {server}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        var request = new byte[head.Length + body.Length];
        head.CopyTo(request, 0);
        body.CopyTo(request, head.Length);
        return request;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] answer)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            if (read == 0) throw new InvalidOperationException("The server closed the connection.");
            length += read;
            if (IsComplete(answer.AsSpan(0, length))) return;
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 202"u8)) throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        var field = answer.IndexOf("Content-Length: "u8);
        if (field < 0 || field > head) return true;
        var digits = answer[(field + 16)..];
        return answer.Length >= head + 4 + int.Parse(digits[..digits.IndexOf("\r"u8)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
