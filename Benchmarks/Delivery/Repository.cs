using System.Runtime.CompilerServices;

namespace Benchmarks.Delivery;

/// <summary>Where this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    private static string Here([CallerFilePath] string path = "") => path;
}
