using System.Globalization;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;

namespace Mappings.Mapping.Files;

/// <summary>Totals as people compare them: in groups of three, with all their decimals.</summary>
internal static class FileNumber
{
    public static string Text(in Value number)
    {
        var ready = Numbers.Ready(number);
        return ready.Tag == Tag.Decimal
            ? ready.Decimal.ToString("N" + ready.Decimal.Scale.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : ShownValue.Of(ready);
    }
}
