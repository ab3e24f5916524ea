namespace Mappings.Layouts;

/// <summary>Why a text is no value of its field: a finding's code and its arguments beside what was found.</summary>
internal sealed record LayoutFault(string Code, params (string Name, string Value)[] Arguments);
