using System.Security.Cryptography;
using System.Text;

namespace Hub.Host.Api;

/// <summary>Compares the key a caller sent (<c>X-Api-Key</c>, or <c>Authorization: Bearer</c>) in constant time.</summary>
internal static class ApiKeyCheck
{
    private const string BearerPrefix = "Bearer ";

    /// <param name="request">The request.</param>
    /// <param name="key">The key to be sent; null lets everybody in.</param>
    public static bool Allows(HttpRequest request, byte[]? key)
    {
        if (key is null) return true;
        return Sent(request) is { } sent && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), key);
    }

    /// <summary>The same for a key of which only the SHA-256 is kept.</summary>
    public static bool AllowsHash(HttpRequest request, byte[] sha256) =>
        Sent(request) is { } sent && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), sha256);

    private static string? Sent(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-Api-Key", out var key) && key.Count == 1) return key[0];
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? authorization[BearerPrefix.Length..].Trim() : null;
    }
}
