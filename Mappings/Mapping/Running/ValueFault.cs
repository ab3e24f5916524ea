namespace Mappings.Mapping.Running;

/// <summary>Why a value does not fit its field: a finding's code and its arguments beside <c>found</c>.</summary>
internal sealed record ValueFault(string Code, params (string Name, string Value)[] Arguments)
{
    /// <summary>No fault of the value, and nothing to tell: the record will be run again.</summary>
    public static ValueFault Unknown { get; } = new(string.Empty) { IsLeftOut = true };

    /// <summary>No fault of the value: the field is left out for now, with a warning.</summary>
    public bool IsLeftOut { get; init; }
}
