using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Mappings.Mapping.Running;
using Mappings.Mapping.Temporal;

namespace Mappings.Contracts;

/// <summary>
/// One walk over one document. It goes no deeper than the contract, which is as deep as its file at most; every node is
/// visited once.
/// </summary>
internal sealed class ContractValidator(Tape tape, Findings findings, string inputName)
{
    private const int ShownMembers = 12;
    private const int ShownText = 60;

    private readonly List<Segment> _path = [];
    private int _count;

    public bool Check(ContractShape shape, int node)
    {
        Visit(shape, node);
        return _count == 0;
    }

    private bool IsFull => _count == ContractDefinition.MaxFindings;

    private void Visit(ContractShape shape, int node)
    {
        var kind = tape.Kind(node);
        if (!Allows(shape.Kinds, kind, node))
        {
            Report(node, "DAT342", ("found", Found(node)), ("expected", shape.KindsText));
            return;
        }

        if (shape.Enum is { } values && !values.Contains(tape, node))
        {
            var near = kind == NodeKind.Text ? NameSuggestion.Closest(Encoding.UTF8.GetString(tape.Utf8(node)), values.Names) : null;
            Report(node, near is null ? "DAT343" : "DAT351", ("found", Found(node)), ("expected", values.Text), ("suggestion", near ?? string.Empty));
        }

        switch (kind)
        {
            case NodeKind.Object: Members(shape, node); break;
            case NodeKind.Array: Items(shape, node); break;
            case NodeKind.Text: Text(shape, node); break;
            case NodeKind.Number: Number(shape, node); break;
        }
    }

    private void Members(ContractShape shape, int node)
    {
        Span<bool> found = shape.Members.Count <= 256 ? stackalloc bool[shape.Members.Count] : new bool[shape.Members.Count];
        found.Clear();
        var end = tape.Next(node);
        for (var name = tape.FirstChild(node); name < end && !IsFull; name = tape.Next(name))
        {
            var index = shape.Names.IndexOf(tape.Utf8(name));
            _path.Add(new Segment(name, -1));
            if (index >= 0)
            {
                found[index] = true;
                Visit(shape.Members[index].Value, name + Tape.Stride);
            }
            else if (!shape.AllowsOtherMembers) Unknown(shape, name);
            _path.RemoveAt(_path.Count - 1);
        }

        for (var i = 0; i < found.Length && !IsFull; i++)
        {
            if (shape.IsRequired[i] && !found[i]) Report(node, "DAT341", ("name", shape.Members[i].Key), ("members", MemberNames(tape, node)));
        }
    }

    private void Unknown(ContractShape shape, int name)
    {
        var text = Cut(Encoding.UTF8.GetString(tape.Utf8(name)));
        var near = NameSuggestion.Closest(text, shape.Names.Names);
        Report(name, near is null ? "DAT349" : "DAT352", ("name", text), ("suggestion", near ?? string.Empty), ("expected", shape.MembersText));
    }

    private void Items(ContractShape shape, int node)
    {
        var count = tape.Count(node);
        if (count < shape.MinItems) Report(node, "DAT340", ("count", Text(count)), ("minimum", Text(shape.MinItems.Value)));
        if (count > shape.MaxItems) Report(node, "DAT339", ("count", Text(count)), ("maximum", Text(shape.MaxItems.Value)));
        if (shape.Items is not { } items) return;
        var end = tape.Next(node);
        var index = 0;
        for (var item = tape.FirstChild(node); item < end && !IsFull; item = tape.Next(item))
        {
            _path.Add(new Segment(-1, index++));
            Visit(items, item);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Text(ContractShape shape, int node)
    {
        var utf8 = tape.Utf8(node);
        if (shape.MinLength is not null || shape.MaxLength is not null)
        {
            var length = PatternText.Length(utf8);
            if (length < shape.MinLength) Report(node, "DAT345", ("length", Text(length)), ("minimum", Text(shape.MinLength.Value)));
            if (length > shape.MaxLength) Report(node, "DAT346", ("length", Text(length)), ("maximum", Text(shape.MaxLength.Value)));
        }

        if (shape.PatternRegex is { } regex && !PatternText.IsMatch(regex, utf8)) Report(node, "DAT344", ("found", Found(node)), ("pattern", shape.Pattern!));
        if (shape.Format is ContractFormat.Integer or ContractFormat.Decimal or ContractFormat.Boolean) Written(shape, node, utf8);
        if (shape.Format is not (ContractFormat.Date or ContractFormat.DateTime)) return;
        var problem = shape.Format == ContractFormat.Date ? IsoTime.CheckDate(utf8) : IsoTime.CheckMoment(utf8);
        if (problem is { } fault) Report(node, fault.Code, [("found", Found(node)), .. fault.Arguments]);
    }

    /// <summary>A number or truth value that came as text.</summary>
    private void Written(ContractShape shape, int node, ReadOnlySpan<byte> utf8)
    {
        if (shape.Format == ContractFormat.Boolean)
        {
            if (!utf8.SequenceEqual("true"u8) && !utf8.SequenceEqual("false"u8)) Report(node, "DAT315", ("found", Found(node)));
        }
        else if (!NumberRule.IsNumber(utf8)) Report(node, "DAT310", ("found", Found(node)));
        else if (shape.Format == ContractFormat.Integer && utf8.IndexOfAny("."u8[0], "e"u8[0], "E"u8[0]) >= 0) Report(node, "DAT314", ("found", Found(node)));
        else Range(shape, node, Numbers.Parse(utf8));
    }

    private void Number(ContractShape shape, int node) => Range(shape, node, Value.FromTape(tape, node));

    private void Range(ContractShape shape, int node, in Value number)
    {
        if (shape.Minimum is { } minimum && Numbers.Compare(number, Value.FromNumber(minimum)) < 0)
            Report(node, "DAT347", ("found", Found(node)), ("minimum", minimum.ToString(CultureInfo.InvariantCulture)));
        if (shape.Maximum is { } maximum && Numbers.Compare(number, Value.FromNumber(maximum)) > 0)
            Report(node, "DAT348", ("found", Found(node)), ("maximum", maximum.ToString(CultureInfo.InvariantCulture)));
    }

    private bool Allows(ContractKinds kinds, NodeKind kind, int node) => kind switch
    {
        NodeKind.Null => (kinds & ContractKinds.Null) != 0,
        NodeKind.True or NodeKind.False => (kinds & ContractKinds.Boolean) != 0,
        NodeKind.Number => (kinds & ContractKinds.Number) != 0 || ((kinds & ContractKinds.Integer) != 0 && Numbers.IsWhole(Numbers.Parse(tape.Utf8(node)))),
        NodeKind.Text => (kinds & ContractKinds.Text) != 0,
        NodeKind.Array => (kinds & ContractKinds.Array) != 0,
        _ => (kinds & ContractKinds.Object) != 0,
    };

    private string Found(int node) => tape.Kind(node) switch
    {
        NodeKind.Null => "null",
        NodeKind.True => "true",
        NodeKind.False => "false",
        NodeKind.Number => Cut(Encoding.UTF8.GetString(tape.Utf8(node))),
        NodeKind.Text => $"\"{Cut(Encoding.UTF8.GetString(tape.Utf8(node)))}\"",
        NodeKind.Array => "array",
        _ => "object",
    };

    internal static string MemberNames(Tape tape, int node)
    {
        var names = new List<string>();
        var end = tape.Next(node);
        for (var name = tape.FirstChild(node); name < end; name = tape.Next(name))
        {
            if (names.Count == ShownMembers)
            {
                names.Add("…");
                break;
            }

            names.Add(Cut(Encoding.UTF8.GetString(tape.Utf8(name))));
        }

        return names.Count == 0 ? "-" : string.Join(", ", names);
    }

    internal static string Cut(string text) => text.Length <= ShownText ? text : string.Concat(text.AsSpan(0, ShownText), "…");

    private void Report(int node, string code, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        if (IsFull) return;
        _count++;
        var (line, column) = tape.PositionOf(node);
        findings.Error(code, new SourcePosition(inputName, line, column), Path(), arguments);
    }

    private string Path()
    {
        var text = new StringBuilder();
        foreach (var segment in _path)
        {
            if (segment.Index >= 0) text.Append('[').Append(segment.Index).Append(']');
            else
            {
                if (text.Length > 0) text.Append('.');
                text.Append(Cut(Encoding.UTF8.GetString(tape.Utf8(segment.Name))));
            }
        }

        return text.ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Segment(int Name, int Index);
}
