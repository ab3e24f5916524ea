namespace Tests.Contracts;

/// <summary>A theory over the published descriptions of vendors: skipped where they are not, except in CI, where that must not go unseen.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VendorTheoryAttribute : TheoryAttribute
{
    public VendorTheoryAttribute()
    {
        if (Folder is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Skip = "The vendors' OpenAPI documents are not here (OPENAPI_DOCUMENTS).";
    }

    /// <summary><c>OPENAPI_DOCUMENTS</c>, or <c>shared/openapi</c> beside the repository; null when neither is there.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("OPENAPI_DOCUMENTS") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "openapi");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
