using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Connectors.Http;

/// <summary>One system that is spoken to over HTTP: one pool of connections.</summary>
internal sealed class HttpSystem : ISystemConnection, ISystemCheck
{
    private readonly SystemContext _context;
    private readonly Uri? _address;
    private readonly HttpHeaders _headers;
    private readonly Dictionary<EndpointName, HttpTarget> _targets = [];
    private readonly HttpMessageInvoker _invoker;

    public HttpSystem(SystemContext context)
    {
        _context = context;
        var findings = new Findings();
        _address = ReadAddress(context.Settings, findings);
        _headers = HttpHeaders.Read(context.Settings, findings);
        var authorities = ReadAuthorities(context, findings);
        foreach (var endpoint in context.Endpoints)
        {
            var settings = endpoint.Settings;
            // Without an address the templates are still checked, so that every fault is reported at once.
            var target = HttpTarget.TryCreate(
                endpoint.Name,
                _address ?? new Uri("http://localhost"),
                settings.TextOrNull("path"),
                settings.Position("path"),
                settings.Map("query").Select(q => (q.Key, q.Value.Text, q.Value.At)),
                findings);
            if (target is not null) _targets.Add(endpoint.Name, target);
        }

        if (findings.HasErrors) throw new MappingException(findings.Sorted());
        _invoker = new HttpMessageInvoker(CreateHandler(authorities), disposeHandler: true);
    }

    public Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The hub's ingress takes messages in for http endpoints.");

    public ISender OpenSender(EndpointContext endpoint) => new HttpSender(endpoint, Target(endpoint), Client(endpoint));

    public IRequester OpenRequester(EndpointContext endpoint) => new HttpRequester(endpoint, Target(endpoint), Client(endpoint));

    /// <summary>A system without an address only sends to the hub: there is nothing to reach.</summary>
    public ValueTask<SystemCheck> CheckAsync(CancellationToken cancellationToken) =>
        _address is null ? new(SystemCheck.Fine) : new HttpCheck(_context.Name, _address, _invoker, _headers).RunAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _invoker.Dispose();
        return ValueTask.CompletedTask;
    }

    private HttpClientOfEndpoint Client(EndpointContext endpoint) => new(endpoint.Name, _invoker, _headers, _context.Clock);

    private HttpTarget Target(EndpointContext endpoint) => _address is null
        ? throw new MappingException(Finding.Error("CFG288", _context.Settings.At, _context.Settings.PathOf("address"), ("endpoint", endpoint.Name.ToString())))
        : _targets[endpoint.Name];

    private static Uri? ReadAddress(SpecValue settings, Findings findings)
    {
        if (settings.TextOrNull("address") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }) return address;
        findings.Error("CFG280", settings.Position("address"), settings.PathOf("address"));
        return null;
    }

    private static X509Certificate2Collection? ReadAuthorities(SystemContext context, Findings findings)
    {
        if (context.Settings.ObjectOrNull("tls") is not { } tls) return null;
        var file = tls.Text("ca");
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(Path.Combine(context.ConfigurationFolder, file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Reported below, as a file without a certificate is.
            certificates.Clear();
        }

        if (certificates.Count == 0) findings.Error("CFG289", tls.Position("ca"), tls.PathOf("ca"), ("file", file));
        return certificates;
    }

    private static SocketsHttpHandler CreateHandler(X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            // A name server's change is followed within this time.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            AllowAutoRedirect = false,
            UseCookies = false,
            // The message's own traceparent goes out, not that of the hub's current activity.
            ActivityHeadersPropagator = null,
        };
        if (authorities is null) return handler;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        return handler;
    }
}
