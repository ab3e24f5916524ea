using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;
using Mappings.Yaml;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>How the broker's certificate is checked, and what the hub shows of itself.</summary>
internal sealed class BrokerTls
{
    private readonly X509Certificate2Collection? _authorities;
    private readonly X509Certificate2? _own;
    private readonly string? _serverName;
    private readonly bool _verify;
    private volatile string? _problem;

    private BrokerTls(X509Certificate2Collection? authorities, X509Certificate2? own, string? serverName, bool verify)
    {
        _authorities = authorities;
        _own = own;
        _serverName = serverName;
        _verify = verify;
    }

    /// <summary>What was wrong with the last certificate that was refused, in a few words; null when none was.</summary>
    public string? Problem => _problem;

    public static BrokerTls Read(SystemContext context, Findings findings)
    {
        var tls = context.Settings.ObjectOrNull("tls");
        return tls is null
            ? new BrokerTls(null, null, null, verify: true)
            : new BrokerTls(Authorities(context, tls, findings), Own(context, tls, findings), tls.TextOrNull("server_name"), tls.Boolean("verify"));
    }

    public SslOption Option(string host)
    {
        _problem = null;
        var option = new SslOption { Enabled = true, ServerName = _serverName ?? host, CertificateValidationCallback = Check };
        if (_own is not null) option.Certs = [_own];
        return option;
    }

    private bool Check(object sender, X509Certificate? certificate, X509Chain? given, SslPolicyErrors errors)
    {
        if (!_verify) return true;
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return Refused("it shows no certificate");
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return Refused($"it is for another name ({OutsideText.Excerpt(leaf.Subject, [], 80)})");
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (_authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        if (given is not null) chain.ChainPolicy.ExtraStore.AddRange(given.ChainElements.Select(e => e.Certificate).ToArray());
        if (chain.Build(leaf)) return true;
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status);
        return Refused(
            status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? $"it is valid from {leaf.NotBefore.ToUniversalTime():yyyy-MM-dd} to {leaf.NotAfter.ToUniversalTime():yyyy-MM-dd} only"
            : status.HasFlag(X509ChainStatusFlags.UntrustedRoot) || status.HasFlag(X509ChainStatusFlags.PartialChain) ? "its authority is not trusted"
            : status.ToString());
    }

    private bool Refused(string problem)
    {
        _problem = problem;
        return false;
    }

    private static X509Certificate2Collection? Authorities(SystemContext context, SpecValue tls, Findings findings)
    {
        if (tls.TextOrNull("ca") is not { } file) return null;
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

    private static X509Certificate2? Own(SystemContext context, SpecValue tls, Findings findings)
    {
        if (tls.TextOrNull("certificate") is not { } file)
        {
            if (tls.Has("key")) findings.Error("CFG342", tls.Position("key"), tls.PathOf("key"), ("file", tls.Text("key")));
            return null;
        }

        var key = tls.TextOrNull("key") is { } named ? Path.Combine(context.ConfigurationFolder, named) : null;
        try
        {
            return X509Certificate2.CreateFromPemFile(Path.Combine(context.ConfigurationFolder, file), key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            findings.Error("CFG342", tls.Position("certificate"), tls.PathOf("certificate"), ("file", file));
            return null;
        }
    }
}
