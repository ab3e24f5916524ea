using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Xrefs;

/// <summary>Which entry of the identity map arises when a mapping's document has reached the target system.</summary>
/// <param name="Entity">What the record is.</param>
/// <param name="From">The path of its id in the record.</param>
/// <param name="To">The path of its id in the finished document.</param>
/// <param name="At">Place of the key <c>identity</c>.</param>
public sealed record IdentityDefinition(string Entity, YamlExpression From, YamlExpression To, SourcePosition At);
