using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Xrefs;

namespace Hub.Core.Pipelines;

/// <content>What the steps do with a run.</content>
public sealed partial class PipelineRun
{
    /// <summary>The current document's value; false, with the reason among the findings, when it cannot be read.</summary>
    internal bool TryGetDocument(SourcePosition at, string path, out Value document) =>
        Read(Current.TryGet(out document, out var error), error, at, path);

    /// <summary>The current document as a node of a tape; false, with the reason among the findings, when it cannot be read.</summary>
    internal bool TryGetNode(SourcePosition at, string path, out Tape tape, out int node) =>
        Read(Current.TryGetNode(out tape, out node, out var error), error, at, path);

    /// <summary>Evaluates over the current document; false, with the reason among the findings, when that fails.</summary>
    internal bool TryEvaluate(StepExpression expression, string path, out Value value)
    {
        value = default;
        if (!TryGetDocument(expression.At, path, out var document)) return false;
        try
        {
            value = expression.Code.Evaluate(Context(), document);
            return true;
        }
        catch (MappingException failure)
        {
            var input = (failure as EvaluationException)?.InputPosition;
            foreach (var finding in failure.Findings)
            {
                var at = input is var (line, column) && Current.HasInputPositions ? new SourcePosition(Start.File, line, column) : Start;
                Findings.Add(finding with { At = at, Mapping = finding.At, Path = finding.Path.Length == 0 ? path : finding.Path });
            }

            return false;
        }
    }

    /// <summary>A context for the current document, with all limits anew.</summary>
    internal EvaluationContext Context()
    {
        _context.Begin(Now);
        _context[0] = Current.Message;
        return _context;
    }

    /// <summary>An error of the data: at the place in the input, with the line of the configuration that met it.</summary>
    internal void Fail(string code, SourcePosition mapping, string path, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Findings.Add(Finding.Error(code, Start, path, arguments) with { Mapping = mapping });

    /// <summary>A finding about the current document: its place is the record's start when the document's own places mean nothing to the sender.</summary>
    internal Finding InInput(Finding finding) => Current.HasInputPositions ? finding : finding with { At = Start, Length = 0 };

    /// <summary>The file that positions of the current document are relative to.</summary>
    internal string InputName => Current.HasInputPositions ? _name ??= RunPlace.Of(Attributes).File : RunPlace.Body;

    /// <summary>Where the record's JSON begins in its file, while the current document's places are places in that JSON; else null.</summary>
    internal (int Line, int Column)? InputStart() =>
        Current.HasInputPositions && !Current.IsPart && Document.Input.Span.SequenceEqual(Body.Span) ? (Math.Max(1, Start.Line), Math.Max(1, Start.Column)) : null;

    /// <summary>What <c>$file</c> means: what the record's file says once for all of them; missing when it says nothing.</summary>
    internal Value File()
    {
        if (Attributes.File is not { } json) return Value.Missing;
        if (ReferenceEquals(json, _fileJson)) return Value.FromTape(_file!.Build(), 0);
        _file ??= new TapeBuilder();

        // The hub wrote it: what cannot be read again is a defect of the hub, not of the sender.
        if (!JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), _file, ReaderOptions.Default, out var error)) throw new MappingException(error);
        _fileJson = json;
        return Value.FromTape(_file.Build(), 0);
    }

    /// <summary>A delivery of the current document to each endpoint.</summary>
    internal void Deliver(ReadOnlySpan<EndpointName> targets)
    {
        var body = Current.Keep();
        foreach (var target in targets)
        {
            Deliveries.Add(new DeliveryRecord(target, Part, body) { Identity = Identity is { } entry && entry.Key.To == target.System ? entry : null });
        }
    }

    /// <summary>What a mapping learned about the identity map goes with the outcome.</summary>
    internal void NoteXrefs(XrefNotes notes)
    {
        if (notes.Created.Count > 0) Created = [.. Created, .. notes.Created];
        if (notes.Wanted.Count > 0) Wanted = [.. Wanted, .. notes.Wanted];
        Identity = notes.Identity;
    }

    /// <summary>Notes how a step ended; the parts of a split message share one outcome a step, in which the worst part's result stands beside the time of all.</summary>
    internal void Note(int step, StepResultKind result, TimeSpan time)
    {
        var microseconds = (int)Math.Min(time.TotalMicroseconds, int.MaxValue);
        if (step == Outcomes.Count)
        {
            Outcomes.Add(new StepOutcome((byte)step, result, microseconds));
            return;
        }

        var before = Outcomes[step];
        var both = before.Result == StepResultKind.Failed || result == StepResultKind.Failed ? StepResultKind.Failed
            : before.Result == StepResultKind.Passed || result == StepResultKind.Passed ? StepResultKind.Passed
            : StepResultKind.Filtered;
        Outcomes[step] = new StepOutcome((byte)step, both, (int)Math.Min((long)before.Microseconds + microseconds, int.MaxValue));
    }

    /// <summary>The whole document, before its parts take its place one after the other.</summary>
    internal WholeDocument BeginParts()
    {
        Current.BeginParts();
        return new WholeDocument(Current.Message, Current.HasInputPositions);
    }

    internal void EnterPart(in WholeDocument whole, in Value element)
    {
        var hasInputPositions = whole.HasInputPositions && element.TryGetNode(out _, out _);
        Current.EnterPart(whole.Value, element, hasInputPositions);
        _part = hasInputPositions ? element : default;
        Identity = null;
        _start = null;
    }

    /// <summary>Puts the part's name before the paths of the findings it brought.</summary>
    internal void NamePart(int known, SplitStep split)
    {
        for (var i = known; i < Findings.Count; i++)
        {
            var path = Findings[i].Path;
            Findings[i] = Findings[i] with { Path = path.Length == 0 ? split.Label(Part) : $"{split.Label(Part)}: {path}" };
        }
    }

    private bool Read(bool read, Finding? error, SourcePosition at, string path)
    {
        if (!read) Findings.Add(error! with { At = Start, Mapping = at, Path = path });
        return read;
    }
}
