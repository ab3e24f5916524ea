using System.CommandLine;
using Hub.Core.Operations;
using Hub.Host.Api;

namespace Hub.Host.Commands;

/// <summary>What the verbs that look at a running hub have in common: its address, the operator key, <c>--json</c>.</summary>
internal sealed class OperationsCommand
{
    public const string KeyVariable = "HUB_OPERATOR_KEY";

    private readonly Option<Uri> _hub = CommonOptions.Hub();
    private readonly Option<bool> _json = CommonOptions.Json();

    public OperationsCommand(string name, params IEnumerable<Symbol> symbols)
        : this(name, name, symbols)
    {
    }

    /// <param name="name">The verb.</param>
    /// <param name="texts">The key of its texts, where that is not the verb.</param>
    /// <param name="symbols">Its arguments and options.</param>
    public OperationsCommand(string name, string texts, params IEnumerable<Symbol> symbols)
    {
        Command = new Command(name, CommandTexts.Get(texts + ".description"));
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) Command.Arguments.Add(argument);
            else Command.Options.Add((Option)symbol);
        }

        Command.Options.Add(_hub);
        Command.Options.Add(_json);
    }

    public Command Command { get; }

    /// <summary>Sets what the verb does.</summary>
    public Command Does(Func<IHubOperations, ParseResult, bool, CancellationToken, Task<int>> action)
    {
        Command.SetAction(async (result, stop) =>
        {
            using var operations = new OperationsClient(result.GetRequiredValue(_hub), Environment.GetEnvironmentVariable(KeyVariable));
            return await action(operations, result, result.GetValue(_json), stop);
        });
        return Command;
    }

    /// <summary>A finding in one line, for tables.</summary>
    public static string OneLine(FindingView finding) =>
        $"{finding.Code}{(finding.Path.Length > 0 ? " " + finding.Path : string.Empty)}: {finding.Text}";

    /// <summary>A local time without fractions.</summary>
    public static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
