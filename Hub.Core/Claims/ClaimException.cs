using Hub.Abstractions;
using Mappings.Diagnostics;

namespace Hub.Core.Claims;

/// <summary>The claim store cannot do what was asked of it now.</summary>
public sealed class ClaimException : HubException
{
    /// <param name="reason">A few words, such as <c>no space left</c>.</param>
    /// <param name="inner">What the disk or the database said.</param>
    public ClaimException(string reason, Exception? inner)
        : base(Mappings.Diagnostics.Finding.Error("ING790", SourcePosition.None, string.Empty, ("reason", reason)), inner) => Reason = reason;

    public string Reason { get; }
}
