using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connectors.Sandbox;

/// <summary>The refusals of the REST face.</summary>
internal static class SandboxProblems
{
    public static IResult NoSystem(string system) => NotFound($"There is no sandbox system \"{system}\".");

    public static IResult NoCollection(string system, string collection) => NotFound($"The sandbox system \"{system}\" keeps no records of \"{collection}\".");

    public static IResult NoRecord(string collection, string key) => NotFound($"There is no record \"{key}\" in \"{collection}\".");

    public static IResult Invalid(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    public static IResult TooLarge(int limit) => TypedResults.Problem($"The body is larger than {limit} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);

    public static IResult Down(string system) => TypedResults.Problem($"The sandbox system \"{system}\" is told to be down.", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static ProblemHttpResult NotFound(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound);
}
