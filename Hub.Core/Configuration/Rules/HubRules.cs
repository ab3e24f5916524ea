using FluentValidation;

namespace Hub.Core.Configuration.Rules;

/// <summary>What must hold between the fields of hub.yaml.</summary>
internal sealed class HubRules : AbstractValidator<HubConfig>
{
    public HubRules()
    {
        RuleFor(h => h.Ingress.Address).Must(BeAnAddress)
            .Reports("CFG230", "ingress.address", h => [("found", h.Ingress.Address)]);
        RuleFor(h => h.Operations.KeySha256).Must(key => key is null or { Length: 32 })
            .Reports("CFG231", "operations.key_sha256");
        RuleFor(h => h.Ingress.Address).Must((h, address) => h.Operations.KeySha256 is not null || !BeAnAddress(address) || new Uri(address).IsLoopback)
            .Reports("CFG234", "ingress.address", h => [("found", h.Ingress.Address)]);
        RuleFor(h => h.Ingress.MaxBody).LessThanOrEqualTo(h => h.Limits.Document)
            .Reports("CFG232", "ingress.max_body");
        RuleFor(h => h.PostgreSql).Must((h, database) => database is null || !h.Source.Object("store").Has("file"))
            .Reports("CFG360", "store.postgresql");
        RuleFor(h => h.PostgreSql).Must(database => database is null || BeAConnection(database.Connection))
            .Reports("CFG361", "store.postgresql.connection");
        RuleFor(h => h.PostgreSql).Must(database => database is null || BeASchema(database.Schema))
            .Reports("CFG362", "store.postgresql.schema", h => [("found", h.PostgreSql!.Schema)]);
        RuleFor(h => h.Nodes.Lease).Must(lease => lease >= TimeSpan.FromSeconds(1) && lease <= TimeSpan.FromMinutes(1))
            .Reports("JRN843", "nodes.lease", h => [("found", $"{h.Nodes.Lease.TotalSeconds}s")]);
        RuleFor(h => h.Retention.Dead).GreaterThanOrEqualTo(h => h.Retention.Settled)
            .Reports("CFG233", "retention.dead");
    }

    /// <summary>Whether it names a host and a database; the rest is for the server to say.</summary>
    private static bool BeAConnection(string text)
    {
        if (text.StartsWith("postgresql://", StringComparison.Ordinal) || text.StartsWith("postgres://", StringComparison.Ordinal))
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.AbsolutePath.Length > 1;
        var keywords = text.Split(';').Select(part => part.Split('=')[0].Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (keywords.Contains("Host") || keywords.Contains("Server")) && (keywords.Contains("Database") || keywords.Contains("DB"));
    }

    private static bool BeASchema(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterLower(name[0]) && !name.StartsWith("pg_", StringComparison.Ordinal)
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static bool BeAnAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsolutePath == "/";
}
