using System.CommandLine;
using Hub.Abstractions;
using Hub.Core.Journal;
using Hub.Host.Hosting;
using Mappings.Diagnostics;

namespace Hub.Host.Commands;

/// <summary>The <c>hub</c> command: its verbs, and what becomes of wrong usage and of exceptions.</summary>
internal static class HubCommandLine
{
    /// <summary>Longer than the engine lets running attempts end, so that a stop is not cut short.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(string[] args, CommandOutput output)
    {
        var root = new RootCommand(CommandTexts.Get("root.description"))
        {
            DemoCommand.Build(output),
            RunCommand.Build(output),
            ValidateCommand.Build(output),
            MapCommand.Build(output),
            TestCommand.Build(output),
            EvalCommand.Build(output),
            WhyCommand.Build(output),
            SchemaCommand.Build(output),
            MessagesCommand.Build(output),
            ExplainCommand.Build(output),
            DeadCommand.Build(output),
            ReplayCommand.Build(output),
            LedgerCommand.Build(output),
            XrefCommand.Build(output),
            ChaosCommand.Build(output),
            DoctorCommand.Build(output),
            NodesCommand.Build(output),
        };
        root.Options.Add(CommonOptions.Language());

        var result = root.Parse(args);
        if (args.Length == 0)
        {
            output.Error(CommandTexts.Get("usage.verb"));
            return ExitCode.Usage;
        }

        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors) output.Error(error.Message);
            output.Error($"hub {(result.CommandResult.Command == root ? string.Empty : result.CommandResult.Command.Name + " ")}--help");
            return ExitCode.Usage;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopLimit });
        }
        catch (ConfigurationRefusedException refused)
        {
            output.Error(refused.Report);
            output.Error(string.Empty);
            output.Error(CommandTexts.Get("run.refused"));
        }
        catch (HubException refused)
        {
            output.Findings([refused.Finding]);
        }
        catch (JournalException refused)
        {
            output.Findings([refused.Finding]);
        }
        catch (MappingException refused)
        {
            output.Findings(refused.Findings);
        }
        catch (OperationCanceledException)
        {
            output.Error(CommandTexts.Get("run.stopping"));
        }
        catch (Exception defect)
        {
            output.Error(CommandTexts.Get("failed.unexpected", ("what", defect.ToString())));
        }

        return ExitCode.Findings;
    }
}
