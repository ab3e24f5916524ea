using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Mappings.Lookups;
using Mappings.Yaml;

namespace Mappings.Mapping.Running;

/// <summary>The values of <c>one_of</c>: numbers are compared as numbers, so that 1.50 is 1.5; all else by its text.</summary>
internal sealed class AllowedValues(IReadOnlyList<YamlConstant> values)
{
    private readonly Utf8Table _texts = new([.. values.Select(v => v.Text).Distinct()]);
    private readonly Value[] _numbers = [.. values.Where(v => v.Kind == YamlConstantKind.Number).Select(v => Numbers.Parse(v.Text))];

    public IReadOnlyList<string> Names => _texts.Names;

    public bool Contains(in Scalar scalar)
    {
        if (_texts.IndexOf(scalar.Utf8) >= 0) return true;
        if (scalar.Kind != ValueKind.Number) return false;
        var number = Numbers.Parse(scalar.Utf8);
        foreach (var allowed in _numbers)
        {
            if (Numbers.Compare(number, allowed) == 0) return true;
        }

        return false;
    }
}
