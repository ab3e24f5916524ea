using System.Globalization;
using System.Net.Sockets;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Connectors.Http;

/// <summary>What can go wrong on the way. Exceptions' own texts are not used: they hold addresses, which may be secret.</summary>
internal static class HttpFindings
{
    public static Finding Unreachable(EndpointName endpoint, HttpRequestException error) =>
        Create("DLV620", endpoint, ("reason", Reason(error)));

    public static Finding Untrusted(EndpointName endpoint) => Create("DLV621", endpoint);

    public static Finding Interrupted(EndpointName endpoint) => Create("DLV622", endpoint);

    public static Finding TryLater(EndpointName endpoint, int status, string answer) => Answered("DLV623", endpoint, status, answer);

    public static Finding Refused(EndpointName endpoint, int status, string answer) => Answered("DLV624", endpoint, status, answer);

    public static Finding Redirected(EndpointName endpoint, int status) =>
        Create("DLV625", endpoint, ("status", Text(status)));

    public static Finding NoValue(EndpointName endpoint, string field) => Create("DLV626", endpoint, ("field", field));

    public static Finding UnfitValue(EndpointName endpoint, string field, string value) =>
        Create("DLV627", endpoint, ("field", field), ("value", OutsideText.Excerpt(value, [], 100)));

    public static Finding AnswerTooLarge(EndpointName endpoint, long limit) =>
        Create("LIM580", endpoint, ("limit", limit.ToString("N0", CultureInfo.InvariantCulture)));

    public static Finding NotJson(EndpointName endpoint, string answer) => Create("DLV628", endpoint, ("answer", answer));

    public static Finding NotOne(EndpointName endpoint, int count, string where) => Create("DLV629", endpoint, ("count", Text(count)), ("where", where));

    private static Finding Answered(string code, EndpointName endpoint, int status, string answer) =>
        Create(code, endpoint, ("status", Text(status)), ("answer", answer.Length == 0 ? "-" : answer));

    private static Finding Create(string code, EndpointName endpoint, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Finding.Error(code, SourcePosition.None, "", [("endpoint", endpoint.ToString()), .. arguments]);

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
