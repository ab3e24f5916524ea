namespace Hub.Core.Configuration;

/// <summary>Where systems post their messages.</summary>
/// <param name="MaxBody">Largest body in bytes.</param>
/// <param name="InFlight">Messages accepted and not settled, above which new ones are refused.</param>
public sealed record IngressConfig(string Address, long MaxBody, int InFlight);
