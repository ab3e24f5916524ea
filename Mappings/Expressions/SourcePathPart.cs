using Mappings.Diagnostics;

namespace Mappings.Expressions;

/// <summary>One name of a <see cref="SourcePath"/>; <c>*</c> stands for every member and <c>**</c> for every descendant.</summary>
/// <param name="At">Where the name stands in the expression's file.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="TakesOne">True when an index or filter position follows directly, so that a list yields one element.</param>
public readonly record struct SourcePathPart(string Name, SourcePosition At, int Length, bool TakesOne = false);
