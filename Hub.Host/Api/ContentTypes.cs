using Microsoft.Net.Http.Headers;

namespace Hub.Host.Api;

/// <summary>Which media types an endpoint of a format takes. A request without a content type is taken at its word.</summary>
internal static class ContentTypes
{
    public static bool Fits(string? contentType, string format)
    {
        // What nearly every request says is answered without parsing it.
        if (string.IsNullOrEmpty(contentType) || contentType == Expected(format)) return true;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return false;
        return format switch
        {
            "json" => Is(type, "application/json") || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase),
            "ndjson" => Is(type, "application/x-ndjson") || Is(type, "application/jsonl") || Is(type, "application/json"),
            "csv" => Is(type, "text/csv") || Is(type, "text/plain"),
            "xml" => Is(type, "application/xml") || Is(type, "text/xml") || type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    /// <summary>The media type to advise.</summary>
    public static string Expected(string format) => format switch
    {
        "ndjson" => "application/x-ndjson",
        "csv" => "text/csv",
        "xml" => "application/xml",
        _ => "application/json",
    };

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);
}
