using System.Diagnostics.CodeAnalysis;

namespace Hub.Abstractions.Messages;

/// <summary>A place of a system where messages enter or leave, written <c>system.endpoint</c>.</summary>
/// <param name="System">The system's name, such as <c>crm</c>.</param>
/// <param name="Endpoint">The endpoint's name inside the system, such as <c>contacts</c>.</param>
public readonly record struct EndpointName(string System, string Endpoint)
{
    /// <summary>Reads <c>system.endpoint</c>; both parts must be there and hold no further dot.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EndpointName name)
    {
        name = default;
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot <= 0 || dot == text!.Length - 1 || text.IndexOf('.', dot + 1) >= 0) return false;
        name = new EndpointName(text[..dot], text[(dot + 1)..]);
        return true;
    }

    /// <summary><c>system.endpoint</c></summary>
    public override string ToString() => $"{System}.{Endpoint}";
}
