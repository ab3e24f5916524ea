namespace Mappings.Xrefs;

/// <summary>
/// Answers a run of a mapping at once. What it does not know yet is collected over the whole record; the caller fetches all
/// of it in one question and runs the record again.
/// </summary>
public interface IXrefSource
{
    XrefAnswer Find(in XrefKey key);
}
