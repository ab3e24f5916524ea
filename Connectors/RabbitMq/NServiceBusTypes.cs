namespace Connectors.RabbitMq;

/// <summary>Names of .NET types as NServiceBus has them on the wire.</summary>
internal static class NServiceBusTypes
{
    /// <summary>The exchange of a type in the conventional topology: <c>Namespace:Type</c>.</summary>
    public static string Exchange(string type)
    {
        var name = FullName(type);
        var dot = name.LastIndexOf('.');
        return dot < 0 ? ":" + name : $"{name[..dot]}:{name[(dot + 1)..]}";
    }

    /// <summary>The full name of the first type of <c>NServiceBus.EnclosedMessageTypes</c>, without its assembly.</summary>
    public static string FullName(string enclosed) => enclosed.Split(';', 2)[0].Split(',', 2)[0].Trim();
}
