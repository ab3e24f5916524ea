using System.Text;
using Mappings.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mappings.Contracts.Import;

/// <summary>
/// Reads the descriptions that vendors publish: any YAML, and JSON, which YAML contains. Unlike configuration files these
/// may use anchors, tags and duplicate keys; nothing here is carried out, so they do no harm within the limits.
/// </summary>
internal static class SchemaDocument
{
    public const int MaximumBytes = 32 * 1024 * 1024;
    private const int MaximumNodes = 2_000_000;
    private const int MaximumDepth = 128;

    /// <returns>The document, or null with an error in <paramref name="findings"/>.</returns>
    public static SchemaNode? Read(string file, ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (bytes.Length > MaximumBytes)
        {
            findings.Error("MAP254", SourcePosition.WholeFile(file), "", ("limit", "32 MB"));
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        var reader = new Reader(text);
        try
        {
            var root = reader.Read();
            if (root is not null) return root;
            findings.Error("MAP252", SourcePosition.WholeFile(file));
        }
        catch (YamlException error)
        {
            findings.Error("MAP256", new SourcePosition(file, (int)error.Start.Line, (int)error.Start.Column), "", ("reason", error.Message));
        }
        catch (LimitException error)
        {
            findings.Error("MAP254", SourcePosition.WholeFile(file), "", ("limit", error.Message));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // YamlDotNet's scanner has asserts of its own that damaged text can reach.
            findings.Error("MAP256", SourcePosition.WholeFile(file), "", ("reason", error.Message));
        }

        return null;
    }

    private sealed class LimitException(string limit) : MappingException(Finding.Error("MAP254", SourcePosition.None, "", ("limit", limit)))
    {
        public override string Message => limit;
    }

    private sealed class Reader(string text)
    {
        private readonly Parser _parser = new(new StringReader(text));
        private readonly Dictionary<string, SchemaNode> _anchors = new(StringComparer.Ordinal);
        private int _nodes;
        private int _depth;

        public SchemaNode? Read()
        {
            while (_parser.MoveNext())
            {
                if (_parser.Current is NodeEvent) return Node();
            }

            return null;
        }

        private SchemaNode Node()
        {
            if (++_nodes > MaximumNodes) throw new LimitException("2,000,000 values");
            var current = _parser.Current!;
            if (current is AnchorAlias alias) return _anchors.GetValueOrDefault(alias.Value.Value) ?? new SchemaNode { Text = string.Empty, IsPlain = true };
            if (++_depth > MaximumDepth) throw new LimitException("128 levels");
            var node = current switch
            {
                MappingStart start => Mapping(start),
                SequenceStart start => Sequence(start),
                Scalar scalar => new SchemaNode { Line = (int)scalar.Start.Line, Column = (int)scalar.Start.Column, Text = scalar.Value, IsPlain = scalar.Style == ScalarStyle.Plain },
                _ => throw new YamlException(current.Start, current.End, "a value is expected"),
            };
            _depth--;
            if (current is NodeEvent { Anchor: { IsEmpty: false } anchor }) _anchors[anchor.Value] = node;
            return node;
        }

        private SchemaNode Mapping(MappingStart start)
        {
            var members = new OrderedDictionary<string, SchemaNode>(StringComparer.Ordinal);
            while (_parser.MoveNext() && _parser.Current is not MappingEnd)
            {
                var key = Node();
                if (!_parser.MoveNext()) break;
                var value = Node();
                if (key.Text is { } name) members[name] = value;
            }

            return new SchemaNode { Line = (int)start.Start.Line, Column = (int)start.Start.Column, Members = members };
        }

        private SchemaNode Sequence(SequenceStart start)
        {
            var items = new List<SchemaNode>();
            while (_parser.MoveNext() && _parser.Current is not SequenceEnd) items.Add(Node());
            return new SchemaNode { Line = (int)start.Start.Line, Column = (int)start.Start.Column, Items = items };
        }
    }
}
