using System.Globalization;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;

namespace Connectors.RabbitMq;

/// <summary>Where a broker is and who the hub is there.</summary>
internal sealed class BrokerAddress
{
    private const int AmqpPort = 5672;
    private const int AmqpsPort = 5671;

    private BrokerAddress(IReadOnlyList<(string Host, int Port)> hosts, bool isSecure, string user, string password, string virtualHost)
    {
        Hosts = hosts;
        IsSecure = isSecure;
        User = user;
        Password = password;
        VirtualHost = virtualHost;
    }

    public IReadOnlyList<(string Host, int Port)> Hosts { get; }

    /// <summary>The addresses are amqps.</summary>
    public bool IsSecure { get; }

    public string User { get; }

    public string Password { get; }

    public string VirtualHost { get; }

    /// <summary>What is tried, for findings: hosts and ports, never credentials.</summary>
    public string Shown => string.Join(", ", Hosts.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Host}:{h.Port}")));

    /// <returns>Null when an address cannot be used.</returns>
    public static BrokerAddress? Read(SystemContext context, Findings findings)
    {
        var settings = context.Settings;
        var hosts = new List<(string, int)>();
        Uri? first = null;
        foreach (var item in settings.List("address"))
        {
            // Several may stand in one variable.
            foreach (var text in item.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" && uri is { Host.Length: > 0, Query.Length: 0, Fragment.Length: 0 }
                    && uri.AbsolutePath.Count(c => c == '/') <= 1 && (first is null || first.Scheme == uri.Scheme))
                {
                    first ??= uri;
                    hosts.Add((uri.Host, uri.Port > 0 ? uri.Port : uri.Scheme == "amqps" ? AmqpsPort : AmqpPort));
                }
                else findings.Error("CFG340", item.At, item.Path);
            }
        }

        if (first is null)
        {
            if (settings.List("address").All(i => i.Text.Trim(' ', ',').Length == 0)) findings.Error("CFG340", settings.Position("address"), settings.PathOf("address"));
            return null;
        }

        var credentials = first.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var path = Uri.UnescapeDataString(first.AbsolutePath.TrimStart('/'));
        if (settings.Has("tls") && first.Scheme != "amqps") findings.Error("CFG341", settings.Position("tls"), settings.PathOf("tls"));
        return new BrokerAddress(
            hosts,
            first.Scheme == "amqps",
            settings.TextOrNull("user") ?? (credentials[0].Length > 0 ? credentials[0] : "guest"),
            settings.TextOrNull("password") ?? (credentials.Length > 1 ? credentials[1] : "guest"),
            settings.TextOrNull("vhost") ?? (path.Length > 0 ? path : "/"));
    }
}
