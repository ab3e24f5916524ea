namespace Hub.Host.Hosting;

/// <summary>What the host itself logs.</summary>
internal static partial class HostLog
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "{Finding}")]
    public static partial void Finding(ILogger logger, string finding);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "Held back until mended, the last good content runs: {Files}")]
    public static partial void HeldBack(ILogger logger, string files);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Error, Message = "The changed configuration could not be looked at; what runs goes on.")]
    public static partial void ReloadFailed(ILogger logger, Exception defect);
}
