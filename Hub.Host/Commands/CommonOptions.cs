using System.CommandLine;
using System.CommandLine.Parsing;
using Hub.Abstractions.Messages;

namespace Hub.Host.Commands;

/// <summary>Options that several verbs share, so that one name means one thing.</summary>
internal static class CommonOptions
{
    public static Option<string> Language() =>
        new("--language") { Description = CommandTexts.Get("option.language"), HelpName = "en|zh", Recursive = true };

    public static Option<bool> Json() => new("--json") { Description = CommandTexts.Get("option.json") };

    public static Option<string> Config() =>
        new("--config") { Description = CommandTexts.Get("option.config"), HelpName = "DIR", DefaultValueFactory = _ => "config" };

    public static Option<string?> Environment() => new("--environment") { Description = CommandTexts.Get("option.environment"), HelpName = "NAME" };

    public static Option<string?> Data() => new("--data") { Description = CommandTexts.Get("option.data"), HelpName = "DIR" };

    public static Option<string?> Input() => new("--in") { Description = CommandTexts.Get("option.in"), HelpName = "FILE" };

    /// <summary>Reads the id of a message.</summary>
    public static MessageId MessageId(ArgumentResult result)
    {
        if (!Abstractions.Messages.MessageId.TryParse(result.Tokens[0].Value, out var parsed)) result.AddError(CommandTexts.Get("usage.id", ("found", result.Tokens[0].Value)));
        return parsed;
    }

    public static Option<Uri> Hub() => new("--hub")
    {
        Description = CommandTexts.Get("option.hub"),
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
            result.AddError(CommandTexts.Get("usage.hub", ("found", result.Tokens[0].Value)));
            return null!;
        },
    };

    public static Option<int> Limit(int standard) => new("--limit")
    {
        Description = CommandTexts.Get("option.limit"),
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        Validators = { result => { if (result.GetValueOrDefault<int>() is < 1 or > 1000) result.AddError(CommandTexts.Get("usage.limit")); } },
    };
}
