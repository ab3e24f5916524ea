using System.Globalization;
using Mappings.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mappings.Yaml;

/// <summary>Turns parser events into nodes. What the hub's YAML does not have is reported and read over, so that one run finds all of it.</summary>
internal sealed class YamlBuilder
{
    private readonly string _file;
    private readonly LineTable _source;
    private readonly Findings _findings;
    private readonly Parser _parser;
    private int _nodes;
    private int _depth;
    private bool _stopped;

    public YamlBuilder(string file, LineTable source, Findings findings)
    {
        _file = file;
        _source = source;
        _findings = findings;
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <exception cref="YamlException">The text is not YAML.</exception>
    public YamlNode? Build()
    {
        YamlNode? root = null;
        var documents = 0;
        while (!_stopped && Move())
        {
            if (_parser.Current is DocumentStart start)
            {
                if (++documents == 2) Refuse("YML119", start.Start);
                if (start.Version is not null || start.Tags is { Count: > 0 } tags && tags.Any(t => !IsDefault(t))) Refuse("YML118", start.Start);
            }
            else if (_parser.Current is NodeEvent or AnchorAlias)
            {
                var node = Node();
                if (documents == 1) root = node;
            }
        }

        return root is YamlScalar { IsEmpty: true } ? null : root;
    }

    private static bool IsDefault(YamlDotNet.Core.Tokens.TagDirective tag) => tag.Handle is "!" or "!!";

    // What begins with &, * or ! may be a secret whose quotes were forgotten, so the findings do not repeat it.
    private YamlNode Node()
    {
        if (++_nodes > YamlLimits.Nodes) return Stop("YML122", _parser.Current!.Start, YamlLimits.Nodes);
        if (_parser.Current is AnchorAlias alias)
        {
            Refuse("YML115", alias.Start);
            return new YamlSequence(At(alias.Start), []);
        }

        // For some damaged texts the parser ends a mapping behind a key: it has no value then.
        if (_parser.Current is not NodeEvent current) throw new YamlException(_parser.Current!.Start, _parser.Current.End, string.Empty);
        if (!current.Anchor.IsEmpty) Refuse("YML114", current.Start);
        if (!current.Tag.IsEmpty) Refuse("YML116", current.Start);
        return current switch
        {
            MappingStart mapping => Nested(mapping, Mapping),
            SequenceStart sequence => Nested(sequence, Sequence),
            _ => Scalar((Scalar)current),
        };
    }

    private bool Move()
    {
        var last = _parser.Current?.End ?? Mark.Empty;
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // YamlDotNet's scanner has asserts of its own that damaged text can reach; for the user it is a syntax error like others.
            throw new YamlException(last, last, error.Message, error);
        }
    }

    private YamlNode Nested<T>(T start, Func<T, YamlNode> read)
        where T : NodeEvent
    {
        // The rest of the file is not read: a deeper stack is what the limit is there to prevent.
        if (++_depth > YamlLimits.Depth) return Stop("YML121", start.Start, YamlLimits.Depth);
        var node = read(start);
        _depth--;
        return node;
    }

    private YamlMapping Mapping(MappingStart start)
    {
        var entries = new List<YamlEntry>();
        var keys = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        while (!_stopped && Move() && _parser.Current is not MappingEnd)
        {
            var keyNode = Node();
            if (_stopped || !Move()) break;
            var value = Node();
            if (keyNode is not YamlScalar key)
            {
                _findings.Error("YML117", keyNode.Position);
                continue;
            }

            if (key is { IsPlain: true, Value: "<<" }) _findings.Error("YML107", key.Position);
            else if (key.IsPlain && key.Value.StartsWith("= ", StringComparison.Ordinal)) YamlSyntax.ExpressionAsKey(_source, key, _findings);
            else if (keys.TryGetValue(key.Value, out var first)) _findings.Add(Finding.Error("YML104", key.Position, "", ("key", key.Value), ("first", Short(first))) with { Length = key.Value.Length });
            else
            {
                keys.Add(key.Value, key.Position);
                entries.Add(new YamlEntry(key, value));
            }
        }

        return new YamlMapping(At(start.Start), entries);
    }

    private YamlSequence Sequence(SequenceStart start)
    {
        var items = new List<YamlNode>();
        while (!_stopped && Move() && _parser.Current is not SequenceEnd) items.Add(Node());
        return new YamlSequence(At(start.Start), items);
    }

    private YamlScalar Scalar(Scalar scalar)
    {
        var style = scalar.Style switch
        {
            ScalarStyle.SingleQuoted => YamlScalarStyle.SingleQuoted,
            ScalarStyle.DoubleQuoted => YamlScalarStyle.DoubleQuoted,
            ScalarStyle.Literal => YamlScalarStyle.Literal,
            ScalarStyle.Folded => YamlScalarStyle.Folded,
            _ => YamlScalarStyle.Plain,
        };
        var node = new YamlScalar(scalar.Value, style, _source, _file, Offset(scalar.Start), Offset(scalar.End));
        if (node.Value.StartsWith("= ", StringComparison.Ordinal)) YamlSyntax.CheckExpression(node, _findings);
        return node;
    }

    private YamlSequence Stop(string code, Mark at, int limit)
    {
        Refuse(code, at, ("limit", limit.ToString("N0", CultureInfo.InvariantCulture)));
        _stopped = true;
        return new YamlSequence(At(at), []);
    }

    private void Refuse(string code, Mark at, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        _findings.Error(code, At(at), "", arguments);

    private SourcePosition At(Mark mark) => _source.PositionOf(_file, Offset(mark));

    private int Offset(Mark mark) => _source.OffsetOf(mark.Line, mark.Column);

    private static string Short(SourcePosition at) => string.Create(CultureInfo.InvariantCulture, $"{at.Line}:{at.Column}");
}
