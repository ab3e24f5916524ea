namespace Tests.Servers;

/// <summary>Whether the servers' programs are on this machine.</summary>
internal static class ServerPrograms
{
    public const string RabbitMq = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    /// <summary>Why a test that needs these servers cannot run here; null when it can, and in CI, where it fails instead.</summary>
    public static string? SkipReason(Server needs)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) return null;
        var missing = Missing(needs).ToList();
        return missing.Count == 0 ? null : $"not installed: {string.Join(" ", missing)}; sudo eng/servers install";
    }

    private static IEnumerable<string> Missing(Server needs)
    {
        if (needs.HasFlag(Server.PostgreSql) && !HasPostgreSql()) yield return "postgresql";
        if (needs.HasFlag(Server.RabbitMq) && !File.Exists(RabbitMq)) yield return "rabbitmq-server";
    }

    private static bool HasPostgreSql() =>
        Directory.Exists("/usr/lib/postgresql") && Directory.EnumerateDirectories("/usr/lib/postgresql").Any(d => File.Exists(Path.Combine(d, "bin", "initdb")));
}
