using System.Buffers;
using System.Text;
using Hub.Core.Pipelines;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Tests.Pipelines;

public sealed class RunDocumentTests
{
    private readonly RunDocument _document = new();
    private readonly TapeBuilder _record = new();

    [Fact]
    public void Record_IsItsOwnBody()
    {
        Begin("""{"a":1}""");

        Assert.Null(_document.Keep());
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(_document.Json()));
        Assert.True(_document.HasInputPositions);
    }

    [Fact]
    public void WrittenDocument_ThatIsOnlySent_IsNeverRead()
    {
        Begin("{}");

        Write("this could not be read");

        Assert.Equal("this could not be read", Encoding.UTF8.GetString(_document.Keep()!.Value.Span));
        Assert.False(_document.TryGet(out _, out var error));
        Assert.Equal("FMT201", error.Code);
    }

    [Fact]
    public void WrittenDocument_IsReadWhenAStepAsksForIt()
    {
        Begin("""{"a":1}""");

        Write("""{"b":2}""");

        Assert.Equal("""{"b":2}""", Get().ToString());
        Assert.False(_document.HasInputPositions);
    }

    [Fact]
    public void KeptBody_StaysWhatItWas()
    {
        Begin("{}");
        Write("""{"n":1}""");
        var first = _document.Keep();
        Write("""{"n":2}""");
        Write("""{"n":3}""");

        Assert.Equal("""{"n":1}""", Encoding.UTF8.GetString(first!.Value.Span));
    }

    [Fact]
    public void Output_WhileItIsWritten_LeavesTheDocumentReadable()
    {
        Begin("{}");
        for (var i = 0; i < 5; i++)
        {
            Write($$"""{"n":{{i}}}""");
            var value = Get();
            _document.NextOutput().Write("overwritten?"u8);

            Assert.Equal($$"""{"n":{{i}}}""", value.ToString());
        }
    }

    [Fact]
    public void Parts_OfAWrittenDocument_DoNotWriteOverIt()
    {
        Begin("{}");
        Write("""{"lines":["one","two","three"]}""");
        var whole = Get();
        var lines = whole.Member("lines");
        _document.BeginParts();

        var seen = new List<string>();
        foreach (var line in lines.Items())
        {
            _document.EnterPart(whole, line, hasInputPositions: false);
            seen.Add(Get().ToString());
            Write("""{"something":"longer than the part was"}""");
            Get();
            Write("""{"something":"else"}""");
            Assert.Equal(3, _document.Message.Member("lines").Count);
        }

        Assert.Equal(["\"one\"", "\"two\"", "\"three\""], seen);
    }

    [Fact]
    public void Part_MadeByAnExpression_BecomesANode()
    {
        Begin("{}");
        _document.EnterPart(Get(), Value.FromMembers([new("a", Value.FromNumber(1))]), hasInputPositions: true);

        Assert.True(_document.TryGetNode(out var tape, out var node, out _));
        Assert.Equal(NodeKind.Object, tape.Kind(node));
        Assert.False(_document.HasInputPositions);
    }

    private void Begin(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        Assert.True(JsonTapeReader.TryRead(body, _record, ReaderOptions.Default, out _));
        _document.Begin(_record.Build(), body, hasInputPositions: true);
    }

    private void Write(string json)
    {
        _document.NextOutput().Write(Encoding.UTF8.GetBytes(json));
        _document.Replace();
    }

    private Value Get()
    {
        Assert.True(_document.TryGet(out var value, out var error), error?.ToString());
        return value;
    }
}
