using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>A value that is known when the expression is compiled.</summary>
internal sealed class ConstantCode(Value value)
{
    public Value Value => value;

    public Value Run(ref Frame f, in Value ctx) => value;
}
