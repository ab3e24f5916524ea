using Mappings.Diagnostics;

namespace Hub.Host.Api;

/// <summary>Lets nobody in who does not send the operator key.</summary>
/// <param name="keyHash">SHA-256 of the key; null lets everybody in, and then the hub listens on loopback addresses only.</param>
internal sealed class OperatorKeyFilter(byte[]? keyHash) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (keyHash is null || ApiKeyCheck.AllowsHash(context.HttpContext.Request, keyHash)) return next(context);
        return new(new ProblemResult(StatusCodes.Status401Unauthorized, Finding.Error("HUB910", SourcePosition.None)));
    }
}
