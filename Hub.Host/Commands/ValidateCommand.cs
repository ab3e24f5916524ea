using System.CommandLine;
using System.Globalization;
using Connectors.Sandbox;
using Hub.Host.Hosting;

namespace Hub.Host.Commands;

/// <summary><c>hub validate</c>: the whole configuration, everything that is wrong at once.</summary>
internal static class ValidateCommand
{
    public static Command Build(CommandOutput output)
    {
        var config = CommonOptions.Config();
        var environment = CommonOptions.Environment();
        var json = CommonOptions.Json();
        var format = new Option<string>("--format") { Description = CommandTexts.Get("option.format"), DefaultValueFactory = _ => "long" };
        format.AcceptOnlyFromAmong("long", "short", "json", "sarif");
        var command = new Command("validate", CommandTexts.Get("validate.description")) { config, environment, json, format };
        command.SetAction(result =>
        {
            var configuration = new HubConfiguration(result.GetRequiredValue(config), result.GetValue(environment), new SandboxDirectory(), TimeProvider.System);
            var (loaded, _, report) = configuration.Check();
            if (result.GetValue(json) || result.GetValue(format) == "json") output.Line(report.ToJson());
            else if (result.GetValue(format) == "sarif") output.Line(report.ToSarif());
            else
            {
                var text = result.GetValue(format) == "short" ? string.Join('\n', report.Lines()) : report.Long();
                if (text.Length > 0) output.Line(text + (report.Errors + report.Warnings > 0 ? "\n" : string.Empty));
                output.Line(Summary(loaded, report.Errors, report.Warnings));
            }

            return report.Errors == 0 ? ExitCode.Fine : ExitCode.Findings;
        });
        return command;
    }

    private static string Summary(Core.Configuration.LoadedConfiguration loaded, int errors, int warnings)
    {
        string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        if (errors > 0) return CommandTexts.Get("validate.refused", ("errors", Number(errors)), ("warnings", Number(warnings)));
        if (warnings > 0) return CommandTexts.Get("validate.warned", ("warnings", Number(warnings)), ("revision", loaded.Revision));
        return CommandTexts.Get(
            "validate.fine",
            ("pipelines", Number(loaded.Pipelines.Count)), ("mappings", Number(loaded.Mappings.Count)), ("systems", Number(loaded.Systems.Count)), ("revision", loaded.Revision));
    }
}
