using Mappings.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Nodes;

/// <summary>What a node writes to the log about its membership.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(801, LogLevel.Information, "Node {Node} has joined; epoch {Epoch}")]
    public static partial void Joined(ILogger logger, string node, long epoch);

    [LoggerMessage(802, LogLevel.Error, "Node {Node} was taken for dead by the others (epoch {Epoch}): it drops what it knew of open messages and joins anew")]
    public static partial void WasFenced(ILogger logger, string node, long epoch);

    [LoggerMessage(803, LogLevel.Error, "Node {Node} cannot renew its lease; once it may be over, nothing more is sent: {Finding}")]
    public static partial void NotRenewed(ILogger logger, string node, Finding finding);

    [LoggerMessage(804, LogLevel.Information, "Node {Node} can renew its lease again")]
    public static partial void Renewed(ILogger logger, string node);

    [LoggerMessage(805, LogLevel.Warning, "Node {Node} (epoch {Epoch}) has given no sign of life within its lease: its lanes are free")]
    public static partial void TakenForDead(ILogger logger, string node, long epoch);

    [LoggerMessage(806, LogLevel.Warning, "Lane groups could not be taken or their messages not be read; it is tried again: {Finding}")]
    public static partial void NotTaken(ILogger logger, Finding finding);

    [LoggerMessage(807, LogLevel.Warning, "Node {Node} could not say that it leaves; the others wait for the end of its lease: {Reason}")]
    public static partial void NotLeft(ILogger logger, string node, string reason);
}
