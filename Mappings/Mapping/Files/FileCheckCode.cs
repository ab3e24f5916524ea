using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;

namespace Mappings.Mapping.Files;

/// <summary>A condition on the whole file, ready to run. Immutable; shared by all threads.</summary>
/// <param name="Definition">As written.</param>
/// <param name="Condition">With a variable in place of everything that is gathered.</param>
/// <param name="Sides">The two sides of an equality, to show what is not equal; else null.</param>
/// <param name="Aggregates">What is gathered record by record.</param>
/// <param name="Names">The variables: file, records, then one for each aggregate.</param>
/// <param name="KeepsRecords">It uses the records in another way, so that all of them are kept.</param>
internal sealed record FileCheckCode(
    CheckDefinition Definition, Expression Condition, (Expression Left, Expression Right)? Sides, RecordsAggregate[] Aggregates, string[] Names, bool KeepsRecords)
{
    /// <returns>Null when the condition is met.</returns>
    public Finding? Run(EvaluationContext context, SourcePosition file)
    {
        try
        {
            var value = Condition.Evaluate(context, Value.Missing);
            if (value.IsTrue) return null;
            if (!value.IsBoolean) return Of("DAT354", file, ("found", ShownValue.Of(value)));
            if (Sides is not var (left, right)) return Of("DAT353", file);
            return Unequal(left.Evaluate(context, Value.Missing), right.Evaluate(context, Value.Missing), file);
        }
        catch (MappingException error)
        {
            return error.Findings[0] with { At = file, Mapping = error.Findings[0].At.IsNone ? Definition.At : error.Findings[0].At, Severity = Definition.Otherwise, Length = 0 };
        }
    }

    public Finding Of(string code, SourcePosition file, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Finding.Error(code, file, string.Empty, [("name", Definition.Name), .. arguments]) with { Mapping = Definition.At, Severity = Definition.Otherwise };

    private Finding Unequal(in Value left, in Value right, SourcePosition file)
    {
        if (!left.IsNumber || !right.IsNumber) return Of("DAT379", file, ("left", ShownValue.Of(left)), ("right", ShownValue.Of(right)));
        var difference = Arithmetic.Subtract(Numbers.Ready(left), Numbers.Ready(right));
        return Of(
            Definition.Otherwise == Severity.Error ? "DAT350" : "DAT374", file,
            ("left", FileNumber.Text(left)), ("right", FileNumber.Text(right)), ("difference", FileNumber.Text(difference)));
    }
}
