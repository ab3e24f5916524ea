using System.Text;
using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Connectors.Http;

/// <summary>
/// Where an endpoint's requests go: the address with a path and a query whose placeholders are filled from a message.
/// A value fills a part of one path segment or one query value and nothing else: it is percent-encoded, and refused when
/// it holds a dot segment or a control character, so that a message can neither choose the host nor climb the path.
/// </summary>
internal sealed class HttpTarget
{
    private readonly EndpointName _endpoint;
    private readonly string _base;
    private readonly FieldTemplate _path;
    private readonly KeyValuePair<string, FieldTemplate>[] _query;

    private HttpTarget(EndpointName endpoint, string baseUrl, FieldTemplate path, KeyValuePair<string, FieldTemplate>[] query)
    {
        _endpoint = endpoint;
        _base = baseUrl;
        _path = path;
        _query = query;
    }

    /// <param name="address">Absolute, without query and fragment.</param>
    /// <param name="path">Null for the endpoint's name.</param>
    public static HttpTarget? TryCreate(EndpointName endpoint, Uri address, string? path, SourcePosition pathAt, IEnumerable<(string Name, string Value, SourcePosition At)> query, Findings findings)
    {
        var template = FieldTemplate.TryParse((path ?? endpoint.Endpoint).TrimStart('/'));
        if (template is null || !template.Literals.All(IsPlainPath) || HasDotSegment(template.Fill(static _ => "x")))
        {
            findings.Error("CFG281", pathAt, "path");
            return null;
        }

        var parameters = new List<KeyValuePair<string, FieldTemplate>>();
        foreach (var (name, value, at) in query)
        {
            if (FieldTemplate.TryParse(value) is { } parameter) parameters.Add(new(Uri.EscapeDataString(name), parameter));
            else findings.Error("CFG282", at, $"query.{name}");
        }

        return new HttpTarget(endpoint, address.AbsoluteUri.TrimEnd('/'), template, [.. parameters]);
    }

    /// <summary>The address for a message.</summary>
    public Uri For(ReadOnlyMemory<byte> body) => Build(field => JsonFields.Text(body.Span, field), null);

    /// <summary>The address for a question; placeholders are filled from what is asked for, and a field that filled one is not asked again.</summary>
    public Uri For(IReadOnlyList<KeyValuePair<string, string>> where)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return Build(
            field =>
            {
                used.Add(field);
                return where.FirstOrDefault(w => w.Key == field).Value;
            },
            () => where.Where(w => !used.Contains(w.Key)));
    }

    private Uri Build(Func<string, string?> find, Func<IEnumerable<KeyValuePair<string, string>>>? more)
    {
        var url = new StringBuilder(_base).Append('/').Append(_path.Fill(field => PathValue(field, find(field))));
        var mark = '?';
        foreach (var (name, template) in _query)
        {
            Append(name, template.Fill(field => Encode(field, Value(field, find(field))), Uri.EscapeDataString));
        }

        foreach (var (name, value) in more?.Invoke() ?? []) Append(Uri.EscapeDataString(name), Encode(name, value));
        return new Uri(url.ToString(), UriKind.Absolute);

        void Append(string name, string value)
        {
            url.Append(mark).Append(name).Append('=').Append(value);
            mark = '&';
        }
    }

    private string PathValue(string field, string? given)
    {
        var value = Value(field, given);
        // Servers are known to decode %2F before they resolve "..", so a dot segment is refused wherever it stands.
        if (HasDotSegment(value)) throw new PermanentException(HttpFindings.UnfitValue(_endpoint, field, value));
        return Encode(field, value);
    }

    private string Value(string field, string? value) =>
        string.IsNullOrEmpty(value) ? throw new PermanentException(HttpFindings.NoValue(_endpoint, field)) : value;

    private string Encode(string field, string value) =>
        value.Any(char.IsControl) ? throw new PermanentException(HttpFindings.UnfitValue(_endpoint, field, value)) : Uri.EscapeDataString(value);

    private static bool HasDotSegment(string path) => path.Split('/', '\\').Any(s => s is "." or "..");

    private static bool IsPlainPath(string literal) => !literal.Any(c => c is '?' or '#' or '\\' or '%' || char.IsControl(c) || char.IsWhiteSpace(c));
}
