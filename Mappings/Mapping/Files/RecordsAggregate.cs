using Mappings.Expressions;
using Mappings.Expressions.Runtime;

namespace Mappings.Mapping.Files;

/// <summary>A number that is gathered record by record, such as <c>$sum($records.amount)</c>. Immutable.</summary>
/// <param name="Variable">The variable that stands for it in the check.</param>
/// <param name="Fold">How it is gathered; a count is a sum.</param>
/// <param name="OfRecord">The same function of one record.</param>
/// <param name="CountOfRecord">Of an average what it is divided by; else null.</param>
internal sealed record RecordsAggregate(string Variable, RecordsFold Fold, Expression OfRecord, Expression? CountOfRecord)
{
    /// <param name="sofar">Missing before the first number.</param>
    public static Value Add(RecordsFold fold, in Value sofar, in Value number)
    {
        if (number.IsMissing) return sofar;
        var ready = Numbers.Ready(number);
        if (sofar.IsMissing) return ready;
        return fold switch
        {
            RecordsFold.Sum => Arithmetic.Add(sofar, ready),
            RecordsFold.Min => Numbers.Compare(ready, sofar) < 0 ? ready : sofar,
            _ => Numbers.Compare(ready, sofar) > 0 ? ready : sofar,
        };
    }
}
