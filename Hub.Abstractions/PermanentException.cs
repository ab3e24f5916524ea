using Mappings.Diagnostics;

namespace Hub.Abstractions;

/// <summary>A failure that another attempt cannot mend: the target understood and refused. The delivery becomes a dead letter.</summary>
/// <param name="finding">What went wrong.</param>
/// <param name="inner">The cause.</param>
public sealed class PermanentException(Finding finding, Exception? inner = null) : HubException(finding, inner);
