using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Connectors.RabbitMq;

/// <summary>Says what a broker refused, and what to write.</summary>
internal static partial class BrokerFaults
{
    /// <summary>Reply codes of AMQP 0-9-1.</summary>
    private const int AccessRefused = 403;
    private const int NotFound = 404;
    private const int PreconditionFailed = 406;
    private const int NotAllowed = 530;

    /// <summary>No connection came about.</summary>
    public static Finding Connecting(BrokerConnector connector, Exception error)
    {
        var address = connector.Address;
        var causes = Causes(error).ToList();
        Finding Of(string code, params ReadOnlySpan<(string Name, string Value)> more) => Finding.Error(
            code, SourcePosition.None, string.Empty, [("system", connector.System), ("address", address.Shown), ("user", address.User), ("vhost", address.VirtualHost), .. more]);
        if (causes.OfType<PossibleAuthenticationFailureException>().Any()) return Of("DLV662");
        if (causes.OfType<OperationInterruptedException>().FirstOrDefault()?.ShutdownReason is { } reason)
        {
            return reason.ReplyCode switch
            {
                NotAllowed when reason.ReplyText.Contains("not found", StringComparison.Ordinal) => Of("DLV663"),
                NotAllowed => Of("DLV664"),
                AccessRefused => Of("DLV662"),
                _ => Of("DLV660", ("reason", Reply(reason))),
            };
        }

        if (address.IsSecure && (connector.TlsProblem is not null || causes.OfType<AuthenticationException>().Any()))
            return Of("DLV661", ("reason", connector.TlsProblem ?? "no secure connection came about"));
        return Of("DLV660", ("reason", Reason(causes)));
    }

    /// <summary>The broker closed a channel, or a connection, while something was asked of it.</summary>
    /// <param name="what">The queue or exchange it was about, for findings that name it.</param>
    public static Finding Closed(EndpointName endpoint, ShutdownEventArgs? reason, string what) => reason?.ReplyCode switch
    {
        NotFound when reason.ReplyText.Contains("no exchange", StringComparison.Ordinal) => Of("DLV669", endpoint, ("exchange", Quoted(reason) ?? what)),
        NotFound => Of("DLV673", endpoint, ("queue", Quoted(reason) ?? what)),
        AccessRefused => Of("DLV677", endpoint, ("reason", Reply(reason))),
        PreconditionFailed when Inequivalent().Match(reason.ReplyText) is { Success: true } match => Different(endpoint, match),
        PreconditionFailed when reason.ReplyText.Contains("delivery acknowledgement", StringComparison.Ordinal) => Of("ING762", endpoint),
        null => Of("DLV665", endpoint, ("reason", "connection lost")),
        _ when reason.Initiator == RabbitMQ.Client.ShutdownInitiator.Peer => Of("DLV670", endpoint, ("reason", Reply(reason))),
        _ => Of("DLV665", endpoint, ("reason", reason.Exception is { } error ? Reason([.. Causes(error)]) : Reply(reason))),
    };

    /// <summary>What an exception of an operation on a channel says.</summary>
    public static Finding Failed(EndpointName endpoint, Exception error, string what) => error switch
    {
        OperationInterruptedException interrupted => Closed(endpoint, interrupted.ShutdownReason, what),
        _ => Of("DLV665", endpoint, ("reason", Reason([.. Causes(error)]))),
    };

    public static Finding Of(string code, EndpointName endpoint, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Finding.Error(code, SourcePosition.None, string.Empty, [("endpoint", endpoint.ToString()), .. arguments]);

    /// <summary>Exceptions that mean the broker or the way to it, not a defect.</summary>
    public static bool IsOutside(Exception error) =>
        error is RabbitMQClientException or IOException or SocketException or TimeoutException or ObjectDisposedException or OperationCanceledException;

    private static Finding Different(EndpointName endpoint, Match match)
    {
        var (argument, kind, name) = (match.Groups["argument"].Value, match.Groups["kind"].Value, match.Groups["name"].Value);
        var wanted = match.Groups["wanted"].Value.Trim('\'');
        var found = match.Groups["found"].Value.Split(" of type", 2)[0].Trim('\'', ' ');
        if (argument is QueueSettings.TypeArgument)
        {
            // A queue that was declared without a type is a classic one; the broker says "none" of it.
            return Of("DLV671", endpoint, ("queue", name), ("wanted", wanted), ("found", found is "none" ? QueueSettings.Classic : found));
        }

        return Of("DLV672", endpoint, ("kind", kind), ("name", name), ("argument", argument), ("wanted", wanted), ("found", found));
    }

    private static string Reply(ShutdownEventArgs reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{reason.ReplyCode} {OutsideText.Excerpt(reason.ReplyText, [], 200)}");

    private static string Reason(IReadOnlyList<Exception> causes) =>
        causes.OfType<SocketException>().FirstOrDefault() is { } socket ? socket.SocketErrorCode.ToString()
        : causes.OfType<TimeoutException>().Any() || causes.OfType<OperationCanceledException>().Any() ? "TimedOut"
        : causes.OfType<ProtocolViolationException>().Any(e => e is not ConnectFailureException) ? "no AMQP broker answers there"
        : causes.OfType<EndOfStreamException>().Any() ? "the other side closed the connection"
        : causes[^1].GetType().Name;

    private static IEnumerable<Exception> Causes(Exception error)
    {
        yield return error;
        IEnumerable<Exception> inner = error is AggregateException many ? many.InnerExceptions : error.InnerException is { } one ? [one] : [];
        foreach (var cause in inner.SelectMany(Causes)) yield return cause;
    }

    private static string? Quoted(ShutdownEventArgs reason) => Name().Match(reason.ReplyText) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"inequivalent arg '(?<argument>[^']*)' for (?<kind>queue|exchange) '(?<name>[^']*)'.*received (?:the value )?(?<wanted>'[^']*'|\S+?)(?: of type '[^']*')? but current is (?:the value )?(?<found>.*)$", RegexOptions.Singleline)]
    private static partial Regex Inequivalent();

    [GeneratedRegex("(?:queue|exchange) '([^']*)'")]
    private static partial Regex Name();
}
