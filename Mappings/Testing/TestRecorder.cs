using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping;
using Mappings.Mapping.Running;

namespace Mappings.Testing;

/// <summary>Makes a test of a message: its record, the stubs it needs, and what the mapping makes of it now.</summary>
public sealed class TestRecorder(MappingDefinition definition, MappingCompileContext context)
{
    private const int Indent = 4;

    /// <summary>Writes one test of a list, its dash at the start of the line.</summary>
    /// <param name="below">The stubs of the file it goes into.</param>
    /// <param name="isRefused">True when the mapping refuses the record.</param>
    /// <param name="findings">Receives why there can be no test.</param>
    /// <returns>The lines without indentation, or null.</returns>
    public string? Write(RecordedMessage message, TestStubs below, out bool isRefused, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(below);
        ArgumentNullException.ThrowIfNull(findings);
        isRefused = false;
        var record = TestRunner.Read(Encoding.UTF8.GetBytes(WithAnswers(message)), findings);
        var whole = message.Message is null ? record : TestRunner.Read(Encoding.UTF8.GetBytes(message.Message), findings);
        var file = message.File is null || !Uses("$file") ? Value.Missing : TestRunner.Read(Encoding.UTF8.GetBytes(message.File), findings);
        if (findings.HasErrors) return null;
        var stubs = new TestStubs { Now = Uses("$now") || Uses("$millis") ? message.Now : null, Xrefs = message.Xrefs };
        var runner = new TestRunner(definition, context, new NoSamples());
        var variables = new Dictionary<string, Value> { [TestRunner.MessageVariable] = whole, [VariableSlots.File] = file };
        if (runner.Map(record, variables, stubs.Over(below), "message", findings, out var document) is not { } result) return null;
        isRefused = result.Kind == MappingResultKind.Failed;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"- name: {YamlValue.Text(message.Name)}\n");
        if (message.Unanswered.Count > 0) text.Append("  # ").Append(DiagnosticTexts.Catalog.Render("word.unanswered", ("paths", string.Join(", ", message.Unanswered)))).Append('\n');
        YamlValue.Member(text, 2, "given", record);
        if (message.Message is not null || !file.IsMissing) text.Append("  variables:\n");
        if (message.Message is not null) YamlValue.Member(text, Indent, TestRunner.MessageVariable, whole);
        if (!file.IsMissing) YamlValue.Member(text, Indent, VariableSlots.File, file);
        Stubs(text, stubs);
        return Expect(text, result, document, message.Error, findings) ? text.ToString() : null;
    }

    private bool Uses(string variable) => Texts(definition).Any(text => text.Contains(variable, StringComparison.Ordinal));

    private static IEnumerable<string> Texts(MappingDefinition definition) =>
        definition.Lets.Select(let => let.Expression.Text).Concat(definition.Checks.Select(check => check.Expression.Text)).Append(definition.SkipWhen?.Text ?? string.Empty).Concat(Texts(definition.Fields));

    private static IEnumerable<string> Texts(IReadOnlyList<FieldDefinition> fields) => fields.SelectMany(field => Texts(field.Fields ?? []).Append(field.Text?.Text ?? string.Empty));

    private static string WithAnswers(RecordedMessage message)
    {
        if (message.Unanswered.Count == 0 || JsonNode.Parse(message.Record) is not JsonObject record) return message.Record;
        foreach (var path in message.Unanswered)
        {
            var names = path.Split('.');
            var holder = record;
            foreach (var name in names[..^1])
            {
                if (holder[name] is not JsonObject) holder[name] = new JsonObject();
                holder = (JsonObject)holder[name]!;
            }

            holder[names[^1]] ??= "x";
        }

        return record.ToJsonString();
    }

    private static void Stubs(StringBuilder text, TestStubs stubs)
    {
        if (stubs is { Now: null, Xrefs.Count: 0 }) return;
        text.Append("  stubs:\n");
        if (stubs.Now is { } now) text.Append(' ', Indent).Append(CultureInfo.InvariantCulture, $"now: \"{now:yyyy-MM-dd'T'HH:mm:sszzz}\"\n");
        if (stubs.Xrefs.Count > 0) YamlValue.Member(text, Indent, "xref", Value.FromMembers(stubs.Xrefs.Select(entity => KeyValuePair.Create(entity.Key, Value.FromMembers(entity.Value.Select(id => KeyValuePair.Create(id.Key, Value.FromText(id.Value))))))));
    }

    private static bool Expect(StringBuilder text, in MappingResult result, ReadOnlyMemory<byte> document, string? dead, Findings findings)
    {
        if (result.Kind == MappingResultKind.Mapped)
        {
            var written = TestRunner.Read(document, findings);
            if (findings.HasErrors) return false;
            YamlValue.Member(text, 2, "expect", written);
            return true;
        }

        if (result is { Kind: MappingResultKind.Skipped, Findings.Count: 0 })
        {
            text.Append("  expect_skip: true\n");
            return true;
        }

        // Of several errors the one the message is dead for; a record that waits has only warnings.
        var errors = result.Findings.Where(finding => finding.Severity == Severity.Error).DefaultIfEmpty(result.Findings[0]).ToList();
        var error = errors.Find(finding => finding.Code == dead) ?? errors[0];
        var members = new List<KeyValuePair<string, Value>> { KeyValuePair.Create("code", Value.FromText(error.Code)) };
        if (error.Path.Length > 0) members.Add(KeyValuePair.Create("field", Value.FromText(error.Path)));
        members.Add(KeyValuePair.Create("outcome", Value.FromText(Verdict.Outcome(result))));
        YamlValue.Member(text, 2, "expect_error", Value.FromMembers(members));
        return true;
    }

    /// <summary>A recorded test holds its record itself.</summary>
    private sealed class NoSamples : ISampleFiles
    {
        public byte[]? Read(string path, SourcePosition at, Findings findings) => throw new InvalidOperationException("A recorded test has no sample file.");
    }
}
