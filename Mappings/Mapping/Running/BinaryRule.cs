using System.Buffers.Text;
using System.Globalization;
using Mappings.Expressions;

namespace Mappings.Mapping.Running;

/// <summary>Type binary: base64 (RFC 4648, 4) that is copied as it came.</summary>
internal static class BinaryRule
{
    public static ValueFault? Check(ref Scalar scalar, int? mostBytes)
    {
        if (scalar.Kind != ValueKind.Text || !Base64.IsValid(scalar.Utf8, out var length)) return new ValueFault("DAT356");
        return length > mostBytes
            ? new ValueFault("DAT357", ("length", length.ToString(CultureInfo.InvariantCulture)), ("limit", mostBytes.Value.ToString(CultureInfo.InvariantCulture)))
            : null;
    }
}
