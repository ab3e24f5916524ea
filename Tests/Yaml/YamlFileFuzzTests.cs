using Mappings.Diagnostics;
using Mappings.Yaml;
using Xunit;

namespace Tests.Yaml;

/// <summary>Thousands of damaged files, the same in every run: each gives a tree or findings with places in the text, never an exception.</summary>
public sealed class YamlFileFuzzTests
{
    private static readonly string[] Seeds =
    [
        "mapping: m\nfields:\n  a: = x & \" / \" & y\n  b:\n    from: c\n    map: { A: won, B: [ 1, 2 ] }\n  d: |\n    $net = 0\n      ? 0\n      : 1\n  e: >-\n    two\n    lines\n\n    more\n",
        "system: crm\r\nauth: { oauth2: { url: ${URL}, secret: '${file:/a''b}' } }\r\nlist:\r\n- \"q\\t\\u4e2d \\\r\n   over\"\r\n- plain over\r\n  two # remark\r\n",
        "客户: 王\n\"k\": 'it''s'\n? key\n: value\n- - - x\n",
    ];

    private static readonly string[] Pieces =
        [":", ": ", " #", "\t", "\n", "\r", "\r\n", "  ", "- ", "{", "}", "[", "]", ",", "'", "\"", "\\", "|", ">", "&a", "*a", "!t", "%", "@", "`", "---\n", "...", "? ", "= ", "\u0085", "\u2028", "\uFEFF", "\0", "\uD83D\uDE00", "\uD800", "<<: ", "#", "~"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void DamagedFile_OfAnyKind_GivesFindingsAndNoException(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 3_000; round++)
        {
            var text = Damage(Seeds[random.Next(Seeds.Length)], random);
            var findings = new Findings();

            var root = YamlFile.Parse("f.yaml", text, findings);

            Assert.True(root is not null || findings.HasErrors, $"seed {seed}, round {round}: neither a tree nor an error");
            Assert.All(findings, f => Assert.True(IsInside(f.At, text), $"seed {seed}, round {round}: {f} is not in the text"));
            if (root is not null) CheckPlaces(root, text, seed, round);
        }
    }

    private static string Damage(string text, Random random)
    {
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            text = random.Next(3) switch
            {
                0 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                1 => text.Remove(at, Math.Min(random.Next(4), text.Length - at)),
                _ => text[..at] + Pieces[random.Next(Pieces.Length)] + text[Math.Min(text.Length, at + 1)..],
            };
        }

        return text;
    }

    /// <summary>Places never go back inside a value, and a letter or digit of a value stands where it is said to be (unless an escape wrote it).</summary>
    private static void CheckPlaces(YamlNode node, string text, int seed, int round)
    {
        foreach (var scalar in Scalars(node))
        {
            var last = default(SourcePosition);
            for (var i = 0; i <= scalar.Value.Length; i++)
            {
                var at = scalar.PositionAt(i);
                Assert.True((at.Line, at.Column).CompareTo((last.Line, last.Column)) >= 0, $"seed {seed}, round {round}: {at} is before {last}");
                last = at;
                if (i == scalar.Value.Length || scalar.Style == YamlScalarStyle.DoubleQuoted || !char.IsLetterOrDigit(scalar.Value[i])) continue;
                Assert.True(CharAt(text, at) == scalar.Value[i], $"seed {seed}, round {round}: '{scalar.Value[i]}' of {System.Text.Json.JsonSerializer.Serialize(scalar.Value)} is not at {at}: {System.Text.Json.JsonSerializer.Serialize(text)}");
            }
        }
    }

    private static char? CharAt(string text, SourcePosition at)
    {
        var table = new LineTable(text.StartsWith('\uFEFF') ? text[1..] : text);
        var offset = table.OffsetOf(at.Line, at.Column);
        return offset < table.Text.Length ? table.Text[offset] : null;
    }

    private static bool IsInside(SourcePosition at, string text)
    {
        var table = new LineTable(text);
        return at.Line == 0 || (at.Line <= table.Count && at.Column >= 0 && at.Column <= table.Line(at.Line).Length + 2);
    }

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlMapping mapping => mapping.Entries.SelectMany(e => Scalars(e.Value).Prepend(e.KeyNode)),
        YamlSequence sequence => sequence.Items.SelectMany(Scalars),
        _ => [],
    };
}
