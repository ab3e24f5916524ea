using Mappings.Diagnostics;

namespace Tests.Mapping.Mutation;

/// <summary>A mapping file with one thing made wrong.</summary>
/// <param name="What">What was changed, for the report.</param>
/// <param name="At">Where.</param>
/// <param name="Name">The name that was misspelt, or the word that was replaced.</param>
/// <param name="Text">The file with the change.</param>
internal sealed record Mutant(string What, SourcePosition At, string Name, string Text);
