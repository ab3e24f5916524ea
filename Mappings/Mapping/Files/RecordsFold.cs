namespace Mappings.Mapping.Files;

/// <summary>How the numbers of single records become one of the file.</summary>
internal enum RecordsFold
{
    Sum,
    Min,
    Max,
}
