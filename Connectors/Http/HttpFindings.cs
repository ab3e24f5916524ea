using System.Globalization;
using System.Net.Sockets;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Connectors.Http;

/// <summary>What can go wrong on the way. Exceptions' own texts are not used: they hold addresses, which may be secret.</summary>
internal static class HttpFindings
{
    public static Finding Unreachable(EndpointName endpoint, HttpRequestException error) => Unreachable(endpoint.ToString(), error);

    /// <param name="place">An endpoint, or a system as a whole.</param>
    public static Finding Unreachable(string place, HttpRequestException error) => Create("DLV620", place, ("reason", Reason(error)));

    public static Finding Untrusted(EndpointName endpoint) => Untrusted(endpoint.ToString());

    /// <param name="place">An endpoint, or a system as a whole.</param>
    public static Finding Untrusted(string place) => Create("DLV621", place);

    public static Finding Interrupted(EndpointName endpoint) => Create("DLV622", endpoint);

    public static Finding TryLater(EndpointName endpoint, int status, string answer) => TryLater(endpoint.ToString(), status, answer);

    /// <param name="place">An endpoint, or a system as a whole.</param>
    public static Finding TryLater(string place, int status, string answer) => Answered("DLV623", place, status, answer);

    public static Finding Refused(EndpointName endpoint, int status, string answer) => Answered("DLV624", endpoint.ToString(), status, answer);

    public static Finding Redirected(EndpointName endpoint, int status) =>
        Create("DLV625", endpoint, ("status", Text(status)));

    public static Finding NoValue(EndpointName endpoint, string field) => Create("DLV626", endpoint, ("field", field));

    public static Finding UnfitValue(EndpointName endpoint, string field, string value) =>
        Create("DLV627", endpoint, ("field", field), ("value", OutsideText.Excerpt(value, [], 100)));

    public static Finding AnswerTooLarge(EndpointName endpoint, long limit) =>
        Create("LIM580", endpoint, ("limit", limit.ToString("N0", CultureInfo.InvariantCulture)));

    public static Finding NotJson(EndpointName endpoint, string answer) => Create("DLV628", endpoint, ("answer", answer));

    public static Finding NotOne(EndpointName endpoint, int count, string where) => Create("DLV629", endpoint, ("count", Text(count)), ("where", where));

    private static Finding Answered(string code, string place, int status, string answer) =>
        Create(code, place, ("status", Text(status)), ("answer", answer.Length == 0 ? "-" : answer));

    private static Finding Create(string code, EndpointName endpoint, params ReadOnlySpan<(string Name, string Value)> arguments) => Create(code, endpoint.ToString(), arguments);

    private static Finding Create(string code, string place, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Finding.Error(code, SourcePosition.None, "", [("endpoint", place), .. arguments]);

    private static string Reason(HttpRequestException error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket) return socket.SocketErrorCode.ToString();
        }

        return error.HttpRequestError.ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
