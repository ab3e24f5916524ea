using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Hub.Core.Operations;
using Hub.Host.Hosting;
using Mappings.Diagnostics;
using Mappings.Testing;
using Mappings.Yaml;

namespace Hub.Host.Commands;

/// <summary><c>hub test --from ID</c>: a message of a running hub becomes a test at the end of its mapping's file of tests.</summary>
internal sealed class TestRecording(HubConfiguration configuration, CommandOutput output)
{
    /// <param name="mapping">The mapping that is meant; null when the pipeline has one only.</param>
    public async Task<int> RecordAsync(IHubOperations operations, MessageId id, string? mapping, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        if (await operations.SampleAsync(id, cancellationToken) is not { } sample) findings.Error("HUB913", SourcePosition.None, string.Empty, ("id", id.ToString()));
        else if (Choose(sample, mapping, findings) is { } chosen) Write(sample, chosen, findings);
        if (!findings.HasErrors) return ExitCode.Fine;
        output.Findings(findings.Sorted().Select(configuration.Shown));
        return ExitCode.Findings;
    }

    /// <summary>Of the parts of a split message the first that its mapping refuses, else the first.</summary>
    private MappingSample? Choose(MessageSample sample, string? mapping, Findings findings)
    {
        var names = sample.Mappings.Select(given => given.Mapping).Distinct(StringComparer.Ordinal).ToList();
        var known = ("known", string.Join(", ", names));
        if (names.Count == 0)
        {
            foreach (var limit in sample.Limits) output.Error(OperationsCommand.OneLine(limit));
            findings.Error("HUB956", SourcePosition.None, string.Empty, ("mapping", mapping ?? "-"), ("known", "-"));
        }
        else if (mapping is null && names.Count > 1) findings.Error("HUB955", SourcePosition.None, string.Empty, ("pipeline", sample.Pipeline), known);
        else if (mapping is not null && !names.Contains(mapping)) findings.Error("HUB956", SourcePosition.None, string.Empty, ("mapping", mapping), known);
        else
        {
            var given = sample.Mappings.Where(given => given.Mapping == (mapping ?? names[0])).ToList();
            return given.Find(part => part.IsRefused) ?? given[0];
        }

        return null;
    }

    private void Write(MessageSample sample, MappingSample given, Findings findings)
    {
        var loaded = configuration.Load();
        if (!MappingNames.Check(loaded, given.Mapping, findings)) return;
        var mappings = HubConfiguration.CompileMappings(loaded, findings);
        if (mappings.Plans[given.Mapping] is null) return;
        var definition = mappings.Definitions[given.Mapping]!;
        var name = $"mappings/{given.Mapping}.test.yaml";
        var path = Path.Combine(configuration.Folder, "mappings", given.Mapping + ".test.yaml");
        var own = new Findings();
        var before = File.Exists(path) ? YamlFile.Decode(name, File.ReadAllBytes(path), own) : null;
        var existing = before is not null && YamlFile.Parse(name, before, own) is { } root ? TestFile.Read(root, own) : null;
        var message = Message(sample, given);
        if (existing?.Cases.Any(test => test.Name == message.Name) == true) own.Error("TST551", existing.Cases.First(test => test.Name == message.Name).At, string.Empty, ("name", message.Name));
        var isRefused = false;
        var test = own.HasErrors ? null : new TestRecorder(definition, mappings.Context).Write(message, existing?.Stubs ?? TestStubs.None, out isRefused, own);
        if (test is not null && TestFileText.Append(before, name, given.Mapping, test, out var line, own) is { } after && Holds(after, name, message.Name, new TestRunner(definition, mappings.Context, new Core.Configuration.SampleFolder(configuration.Folder)), own))
        {
            Replace(path, after);
            output.Line(CommandTexts.Get("test.written", ("at", configuration.Shown(new SourcePosition(name, line, 1)).ToString()), ("name", message.Name)));
            // Masked values, or another configuration here: the test holds, but it tells another story than the message.
            if (isRefused && !given.IsRefused) output.Findings([configuration.Shown(Finding.Warning("TST552", new SourcePosition(name, line, 0), string.Empty, ("name", message.Name)))]);
        }

        findings.AddRange(own);
    }

    private static RecordedMessage Message(MessageSample sample, MappingSample given) => new(
        $"message {sample.Id} of {sample.Pipeline}",
        given.Record,
        given.IsPart ? sample.Message : null,
        sample.File,
        sample.ReceivedAt,
        given.Xrefs.GroupBy(xref => xref.Entity, StringComparer.Ordinal).ToDictionary(
            entity => entity.Key,
            IReadOnlyDictionary<string, string> (entity) => entity.DistinctBy(xref => xref.Id).ToDictionary(xref => xref.Id, xref => xref.Target, StringComparer.Ordinal),
            StringComparer.Ordinal),
        given.Unanswered,
        sample.Error);

    /// <summary>The new text is read again and its new test is run before anything is written: a test that does not hold is no use.</summary>
    private static bool Holds(string text, string file, string name, TestRunner runner, Findings findings)
    {
        if (YamlFile.Parse(file, text, findings) is not { } root || TestFile.Read(root, findings) is not { } tests) return false;
        var added = tests.Cases.Where(test => test.Name == name).ToList();
        runner.Check(added, findings);
        if (!findings.HasErrors) findings.AddRange(runner.Run(added).Results.SelectMany(result => result.Findings));
        return !findings.HasErrors;
    }

    /// <summary>Beside the file and then in its place, so that a stop in between leaves the old one.</summary>
    private static void Replace(string path, string text)
    {
        var next = path + "~";
        try
        {
            File.WriteAllText(next, text);
            File.Move(next, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UnwritableFileException(Finding.Error("HUB957", SourcePosition.WholeFile(path), string.Empty, ("reason", cause.Message)), cause);
        }
    }

    private sealed class UnwritableFileException(Finding finding, Exception inner) : HubException(finding, inner);
}
