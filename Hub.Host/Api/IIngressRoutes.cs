namespace Hub.Host.Api;

/// <summary>The endpoints that take messages over HTTP under the configuration of this moment.</summary>
internal interface IIngressRoutes
{
    /// <summary>The route of an endpoint, or null when it is unknown or does not receive over HTTP.</summary>
    IngressRoute? Find(string system, string endpoint);
}
