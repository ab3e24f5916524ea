using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What makes a message a duplicate of an earlier one.</summary>
/// <param name="Window">How long a value is remembered.</param>
public sealed record DedupeConfig(YamlExpression Key, TimeSpan Window);
