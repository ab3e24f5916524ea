using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tests.Servers;

/// <summary>An authority and a server's certificate for 127.0.0.1 and localhost, signed by it.</summary>
internal sealed class TestCertificates
{
    private readonly string _authority;
    private readonly string _server;
    private readonly string _key;

    private TestCertificates(DateTimeOffset from, DateTimeOffset to)
    {
        using var authorityKey = RSA.Create(2048);
        var authority = new CertificateRequest("CN=hub test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(from, to.AddYears(20));
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, from, to, [1, 2, 3, 4]);
        _authority = root.ExportCertificatePem();
        _server = certificate.ExportCertificatePem();
        _key = key.ExportPkcs8PrivateKeyPem();
    }

    public static TestCertificates Valid()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new TestCertificates(now.AddDays(-1), now.AddDays(1));
    }

    public static TestCertificates Expired()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new TestCertificates(now.AddDays(-20), now.AddDays(-10));
    }

    /// <summary>Writes <c>ca.pem</c>, <c>server.pem</c> and <c>server.key</c>.</summary>
    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "ca.pem"), _authority);
        File.WriteAllText(Path.Combine(folder, "server.pem"), _server);
        File.WriteAllText(Path.Combine(folder, "server.key"), _key);
    }
}
