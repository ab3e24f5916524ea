namespace Specs.Driver;

/// <summary>The files of the checkout the scenarios were built from.</summary>
internal static class Checkout
{
    private const string Mark = "ConnectorHub.sln";

    private static readonly string Root = Find();

    /// <summary>The example company's configuration folder.</summary>
    public static string Configuration => Path.Combine(Root, "config");

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, Mark))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has {Mark}.");
    }
}
