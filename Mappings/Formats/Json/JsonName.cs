using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mappings.Formats.Json;

/// <summary>A member name encoded once, with its quotes and colon, for writing many times.</summary>
public sealed class JsonName
{
    private const int Block = 32;

    /// <summary>A comma, the name, and room to the next block: one that is short is copied as one block.</summary>
    private readonly byte[] _encoded;
    private readonly int _length;

    /// <param name="name">The name, not escaped.</param>
    public JsonName(string name)
    {
        Name = name;
        using var output = new Utf8JsonOutput();
        output.Text(name);
        _length = output.Length + 1;
        _encoded = [(byte)',', .. output.Written, (byte)':', .. new byte[Block]];
    }

    public string Name { get; }

    /// <summary><c>"name":</c></summary>
    public ReadOnlySpan<byte> Encoded => _encoded.AsSpan(1, _length);

    /// <summary>Writes it to a target of at least <see cref="Room"/> bytes.</summary>
    /// <returns>How many bytes count.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int CopyTo(ref byte target, bool comma)
    {
        var start = comma ? 0 : 1;
        var length = _length + 1 - start;
        ref var source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_encoded), start);
        if (length <= Block) Vector256.LoadUnsafe(ref source).StoreUnsafe(ref target);
        else Unsafe.CopyBlockUnaligned(ref target, ref source, (uint)length);
        return length;
    }

    /// <summary>The bytes <see cref="CopyTo"/> may touch.</summary>
    internal int Room => _length + 1 + Block;
}
