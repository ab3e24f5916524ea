namespace Mappings.Formats;

/// <summary>What an empty CSV field or an XML element without content means: <c>empty_as:</c>.</summary>
public enum EmptyAs
{
    /// <summary>No value: the member is left out.</summary>
    Missing,

    /// <summary>A text of no characters.</summary>
    Text,
}
