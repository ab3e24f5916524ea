using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>Dead messages that died of the same.</summary>
/// <param name="Pipeline">Their pipeline.</param>
/// <param name="Destination">Where the dead delivery was to go; null when the pipeline itself failed.</param>
/// <param name="Code">Code of the pipeline's first error, or of the delivery's last attempt.</param>
/// <param name="Messages">How many there are. A message with dead deliveries to two destinations is in two of these.</param>
/// <param name="Newest">The newest of them.</param>
public sealed record DeadCount(string Pipeline, EndpointName? Destination, string Code, long Messages, MessageId Newest);
