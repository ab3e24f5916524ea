namespace Mappings.Formats;

/// <summary>What <see cref="IRecordReader.Read"/> came upon.</summary>
public enum RecordStatus
{
    /// <summary>A record, in <see cref="IRecordReader.Tape"/>.</summary>
    Record,

    /// <summary>A record that is wrong in itself; <see cref="IRecordReader.Error"/> says why. Reading can go on.</summary>
    Bad,

    /// <summary>Nothing is left; everything was read.</summary>
    End,

    /// <summary>The file cannot be read on from here; <see cref="IRecordReader.Error"/> says why. Records before it stand.</summary>
    Broken,
}
