namespace Hub.Core.Messaging;

/// <summary>How a reply is sent.</summary>
public sealed class ReplyOptions : ExtendableOptions;
