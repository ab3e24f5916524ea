using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Hub.Core.Pipelines.Steps;

/// <summary>A compiled expression with the place where it stands.</summary>
internal sealed record StepExpression(Expression Code, SourcePosition At)
{
    public string Text => Code.Text;
}
