namespace Hub.Core.Messaging;

/// <summary>How an event is published.</summary>
public sealed class PublishOptions : ExtendableOptions;
