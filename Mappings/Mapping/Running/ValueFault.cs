namespace Mappings.Mapping.Running;

/// <summary>Why a value does not fit its field: a finding's code and its arguments beside <c>found</c>.</summary>
internal sealed record ValueFault(string Code, params (string Name, string Value)[] Arguments)
{
    /// <summary>No fault of the value: the field is left out for now, and why is noted elsewhere.</summary>
    public static ValueFault LeftOut { get; } = new(string.Empty);
}
