namespace Hub.Abstractions.Connectors;

/// <summary>
/// What an <see cref="ISystemConnection"/> may implement so that <c>hub doctor</c> can ask whether the system is as the
/// configuration says. A check is asked for by hand, beside running deliveries; it changes nothing in the system.
/// </summary>
public interface ISystemCheck
{
    /// <summary>
    /// Reaches the system as deliveries do: address, certificate, credentials, and what else the connector relies on. What is
    /// wrong is a finding of the answer; an exception counts as a finding too. The limit of the check comes with the token.
    /// </summary>
    ValueTask<SystemCheck> CheckAsync(CancellationToken cancellationToken);
}
