using System.Text;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Connectors.Http;

/// <summary>The headers a system wants with every request, its credentials among them.</summary>
internal sealed class HttpHeaders
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Upgrade", "Expect", "Idempotency-Key", "traceparent",
    };

    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly List<string> _secrets = [];

    /// <summary>What must never be shown, even when the other side sends it back.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    public static HttpHeaders Read(SpecValue settings, Findings findings)
    {
        var headers = new HttpHeaders();
        foreach (var (name, item) in settings.Map("headers"))
        {
            if (item.IsSecret) headers._secrets.Add(item.Text);
            headers.Add(name, item.Text, item.KeyAt, item.At, item.Path, findings);
        }

        if (settings.ObjectOrNull("auth") is { } auth) headers.ReadAuth(auth, findings);
        return headers;
    }

    public void Apply(HttpRequestMessage request)
    {
        foreach (var (name, value) in _headers) request.Headers.TryAddWithoutValidation(name, value);
    }

    private void ReadAuth(SpecValue auth, Findings findings)
    {
        if (auth.Items.Count != 1)
        {
            findings.Error("CFG283", auth.At, auth.Path);
            return;
        }

        if (auth.Find("bearer") is { } bearer)
        {
            _secrets.Add(bearer.Text);
            Add("Authorization", "Bearer " + bearer.Text, bearer.At, bearer.At, bearer.Path, findings);
        }
        else if (auth.ObjectOrNull("basic") is { } basic)
        {
            if (basic.Text("user").Contains(':', StringComparison.Ordinal)) findings.Error("CFG284", basic.Position("user"), basic.PathOf("user"));
            var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.Text("user")}:{basic.Text("password")}"));
            _secrets.AddRange([basic.Text("password"), token]);
            Add("Authorization", "Basic " + token, basic.At, basic.At, basic.Path, findings);
        }
        else if (auth.ObjectOrNull("header") is { } header)
        {
            _secrets.Add(header.Text("value"));
            Add(header.Text("name"), header.Text("value"), header.Position("name"), header.Position("value"), header.Path, findings);
        }
    }

    private void Add(string name, string value, SourcePosition nameAt, SourcePosition valueAt, string path, Findings findings)
    {
        if (Reserved.Contains(name) || name.StartsWith("ce-", StringComparison.OrdinalIgnoreCase)) findings.Error("CFG285", nameAt, path, ("name", name));
        else if (name.Length == 0 || !name.All(IsTokenCharacter)) findings.Error("CFG286", nameAt, path, ("name", name));
        else if (!value.All(c => c is >= ' ' and < '\u007F')) findings.Error("CFG287", valueAt, path, ("name", name));
        else _headers.Add(new(name, value));
    }

    /// <summary>RFC 9110, 5.6.2.</summary>
    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);
}
