using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;

namespace Connectors.Http;

/// <summary>
/// Asks the address for its head. Whatever a server answers to that, it is there, its certificate is trusted and its clock
/// known; only a refusal of the credentials and a failure of its own are findings: many have nothing at their base address.
/// </summary>
internal sealed class HttpCheck(string system, Uri address, HttpMessageInvoker invoker, HttpHeaders headers)
{
    public async ValueTask<SystemCheck> RunAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        headers.Apply(request);
        try
        {
            using var response = await invoker.SendAsync(request, cancellationToken);
            return new SystemCheck(Findings(response.StatusCode))
            {
                Version = response.Headers.Server.Count > 0 ? OutsideText.Excerpt(response.Headers.Server.ToString(), headers.Secrets, 60) : null,
                Clock = response.Headers.Date,
            };
        }
        catch (HttpRequestException error)
        {
            return new SystemCheck([error.InnerException is AuthenticationException ? HttpFindings.Untrusted(system) : HttpFindings.Unreachable(system, error)]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own connect timeout.
            return new SystemCheck([HttpFindings.Unreachable(system, new HttpRequestException(HttpRequestError.ConnectionError))]);
        }
    }

    private IReadOnlyList<Finding> Findings(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired =>
            [Finding.Error("HUB960", SourcePosition.None, string.Empty, ("system", system), ("status", ((int)status).ToString(CultureInfo.InvariantCulture)))],
        >= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented => [HttpFindings.TryLater(system, (int)status, string.Empty)],
        _ => [],
    };
}
