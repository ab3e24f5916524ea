using System.Text;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Yaml;

namespace Mappings.Lookups;

/// <summary>
/// Turns constants of a file into values that are written like copied ones: they share one tape, which nobody changes
/// after <see cref="Build"/>, so that all threads may read it.
/// </summary>
internal sealed class ConstantPool
{
    private readonly List<(YamlConstant Constant, int Start, int Length)> _items = [];
    private readonly List<byte> _bytes = [];

    public static Value One(YamlConstant constant)
    {
        var pool = new ConstantPool();
        pool.Add(constant);
        return pool.Build()[0];
    }

    public void Add(YamlConstant constant)
    {
        var utf8 = Encoding.UTF8.GetBytes(constant.Text);
        _items.Add((constant, _bytes.Count, utf8.Length));
        _bytes.AddRange(utf8);
    }

    /// <summary>The values in the order they were added.</summary>
    public Value[] Build()
    {
        var builder = new TapeBuilder();
        var bytes = _bytes.ToArray();
        builder.Reset(bytes);
        var tape = builder.Build();
        var values = new Value[_items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (constant, start, length) = _items[i];
            var node = tape.Used;
            switch (constant.Kind)
            {
                case YamlConstantKind.Null: builder.Null(); break;
                case YamlConstantKind.Boolean: builder.Boolean(constant.Text == "true"); break;
                case YamlConstantKind.Number: builder.NumberInInput(start, length); break;
                case YamlConstantKind.Text when NeedsEscape(bytes.AsSpan(start, length)): builder.Text(bytes.AsSpan(start, length)); break;
                default: builder.TextInInput(start, length); break;
            }

            values[i] = Value.FromTape(tape, node);
        }

        return values;
    }

    private static bool NeedsEscape(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOfAny((byte)'"', (byte)'\\') >= 0 || utf8.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0;
}
