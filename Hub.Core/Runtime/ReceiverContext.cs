using Microsoft.Extensions.Logging;

namespace Hub.Core.Runtime;

/// <summary>What receivers run with.</summary>
internal sealed record ReceiverContext(TimeProvider Clock, ILogger Logger);
