using Mappings.Diagnostics;

namespace Hub.Host.Api;

/// <summary>A finding as the result of an endpoint.</summary>
internal sealed class ProblemResult(int status, Finding finding) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => ProblemAnswer.WriteAsync(httpContext, status, finding);
}
