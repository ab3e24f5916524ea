namespace Mappings.Xrefs;

/// <summary>What happens to a field whose id is not in the identity map; the key <c>missing</c>.</summary>
public enum XrefMissing
{
    /// <summary>The value is bad (XRF401).</summary>
    Error,

    /// <summary>The message waits until the entry arrives.</summary>
    Hold,

    /// <summary>The hub makes the id.</summary>
    Create,

    /// <summary>The field is left out; the record is mapped again when the entry arrives.</summary>
    Later,
}
