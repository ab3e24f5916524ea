using System.CommandLine;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Hub.Host.Commands;

/// <summary><c>hub eval EXPR [--in FILE]</c>: one expression over one JSON document; <c>hub eval --lines</c>: one JSON object a line.</summary>
internal static class EvalCommand
{
    public static Command Build(CommandOutput output)
    {
        var expression = new Argument<string?>("EXPR") { Description = CommandTexts.Get("argument.expression"), Arity = ArgumentArity.ZeroOrOne };
        var lines = new Option<bool>("--lines") { Description = CommandTexts.Get("option.lines") };
        var profile = new Option<string?>("--profile") { Description = CommandTexts.Get("option.profile"), HelpName = "hub|full" };
        profile.AcceptOnlyFromAmong("hub", "full");
        var input = CommonOptions.Input();
        var json = CommonOptions.Json();
        var command = new Command("eval", CommandTexts.Get("eval.description")) { expression, input, json, lines, profile };
        command.Validators.Add(result =>
        {
            if (result.GetValue(expression) is null != result.GetValue(lines)) result.AddError(CommandTexts.Get("usage.eval"));
        });
        command.SetAction((result, stop) =>
        {
            var options = Options(result.GetValue(profile));
            var file = result.GetValue(input);
            return result.GetValue(lines)
                ? EvaluateLinesAsync(file, options ?? EvalLine.Conformance, output, stop)
                : EvaluateAsync(result.GetValue(expression)!, file, options ?? ExpressionOptions.Default, result.GetValue(json), output, stop);
        });
        return command;
    }

    /// <summary>As strict as in a mapping of that profile; null when none is named.</summary>
    private static ExpressionOptions? Options(string? profile) => profile switch
    {
        "hub" => ExpressionOptions.Default,
        "full" => ExpressionOptions.Default with { Profile = ExpressionProfile.Full },
        _ => null,
    };

    private static async Task<int> EvaluateLinesAsync(string? file, ExpressionOptions options, CommandOutput output, CancellationToken stop)
    {
        await using var input = InputText.Open(file);
        using var evaluator = new EvalLine(options);
        var reader = new InputLines(input);
        while (await reader.NextAsync(stop)) output.Line(reader.IsTooLong ? evaluator.TooLong(InputLines.MaxBytes) : evaluator.Answer(reader.Line));
        return ExitCode.Fine;
    }

    private static async Task<int> EvaluateAsync(string text, string? file, ExpressionOptions options, bool json, CommandOutput output, CancellationToken stop)
    {
        var findings = new Findings();
        var compiled = Expression.Compile(text, options, findings, ExpressionOrigin.None);
        if (compiled is null) return Refuse(findings, text, json, output);

        var value = default(Value);
        var builder = new TapeBuilder();
        if (file is not null || Console.IsInputRedirected)
        {
            var (bytes, name) = await InputText.ReadAsync(file, stop);
            if (bytes.Length > 0)
            {
                if (!JsonTapeReader.TryRead(bytes, builder, ReaderOptions.Default with { File = name }, out var error)) return Refuse([error], text, json, output);
                var tape = builder.Build();
                value = Value.FromTape(tape, tape.Root);
            }
        }

        try
        {
            Print(compiled.Evaluate(new EvaluationContext(), value), json, output);
            return ExitCode.Fine;
        }
        catch (EvaluationException failed)
        {
            return Refuse(failed.Findings, text, json, output);
        }
    }

    private static void Print(in Value result, bool json, CommandOutput output)
    {
        if (result.IsMissing)
        {
            output.Line(json ? """{"undefined":true}""" : CommandTexts.Get("eval.nothing"));
            return;
        }

        using var bytes = new Utf8JsonOutput();
        result.WriteTo(bytes);
        var written = Encoding.UTF8.GetString(bytes.Written);
        output.Line(json ? $$"""{"result":{{written}}}""" : written);
    }

    private static int Refuse(IEnumerable<Finding> findings, string text, bool json, CommandOutput output)
    {
        if (json) output.JsonLine(new { error = findings.First().Code, findings = findings.Select(finding => finding.ToString()) });
        else output.Findings(findings, (name, line) => name == "expression" ? text.Split('\n').ElementAtOrDefault(line - 1) : null);
        return ExitCode.Findings;
    }
}
