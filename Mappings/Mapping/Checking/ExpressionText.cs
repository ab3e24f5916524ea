using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Expressions.Syntax;
using Mappings.Yaml;

namespace Mappings.Mapping.Checking;

/// <summary>A parsed expression with the field it belongs to: reports at places of its text.</summary>
internal sealed class ExpressionText
{
    private readonly ExpressionOrigin _origin;
    private readonly Findings _findings;

    private ExpressionText(YamlExpression text, Node tree, string path, bool isPath, Findings findings)
    {
        Text = text.Text;
        Tree = tree;
        Path = path;
        IsPath = isPath;
        _origin = YamlOrigin.Of(text);
        _findings = findings;
    }

    public string Text { get; }

    public Node Tree { get; }

    /// <summary>The target field in findings.</summary>
    public string Path { get; }

    /// <summary>A plain path, not an expression.</summary>
    public bool IsPath { get; }

    /// <returns>Null when the text is no expression; the compiler has said so.</returns>
    public static ExpressionText? Parse(YamlExpression text, string path, bool isPath, Findings findings)
    {
        try
        {
            return new ExpressionText(text, Parser.Parse(text.Text), path, isPath, findings);
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    public SourcePosition At(Node node) => _origin.Locate(Text, node.Start);

    public string Source(Node node) => Text[node.Start..Math.Min(node.End, Text.Length)];

    public void Report(Severity severity, string code, Node at, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var finding = severity == Severity.Error ? Finding.Error(code, At(at), Path, arguments) : Finding.Warning(code, At(at), Path, arguments);
        _findings.Add(finding with { Length = Source(at).Contains('\n', StringComparison.Ordinal) ? 1 : at.End - at.Start });
    }
}
