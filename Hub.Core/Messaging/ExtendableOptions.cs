namespace Hub.Core.Messaging;

/// <summary>What all ways to send have in common.</summary>
public abstract class ExtendableOptions
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.Ordinal);

    private protected ExtendableOptions()
    {
    }

    /// <summary>Sets a header that travels with the message.</summary>
    public void SetHeader(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        _headers[name] = value;
    }

    /// <summary>The headers set so far.</summary>
    public IReadOnlyDictionary<string, string> GetHeaders() => _headers;
}
