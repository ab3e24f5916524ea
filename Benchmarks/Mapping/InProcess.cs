using System.Buffers;
using System.Diagnostics;

namespace Benchmarks.Mapping;

/// <summary>A contestant in this process and on this thread: bytes in, bytes out.</summary>
internal sealed class InProcess(string name, IReadOnlyList<byte[]> documents, Action<byte[], ArrayBufferWriter<byte>> map) : Contestant(name)
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public override byte[] Output(int document)
    {
        _output.ResetWrittenCount();
        map(documents[document], _output);
        return _output.WrittenSpan.ToArray();
    }

    public override double Run(double milliseconds)
    {
        var count = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        do
        {
            foreach (var document in documents)
            {
                _output.ResetWrittenCount();
                map(document, _output);
            }

            count += documents.Count;
        }
        while (watch.Elapsed.TotalMilliseconds < milliseconds);
        var nanoseconds = watch.Elapsed.TotalNanoseconds / count;
        Allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)count;
        return nanoseconds;
    }
}
