using Hub.Abstractions.Connectors;

namespace Connectors.File;

/// <summary>
/// Systems that exchange files in folders. A file that was taken in moves to <c>.done/</c> after the hub holds its
/// records, or to <c>.failed/</c> beside a text that says why. A file that is sent appears whole under its name or not at all.
/// One hub takes files from a folder: at its start it takes up what <c>.claimed/</c> holds.
/// </summary>
public sealed class FileConnector : IConnector
{
    public ConnectorSpec Spec => FileSpec.Spec;

    public ISystemConnection Open(SystemContext context) => new FileSystemConnection(context);
}
