using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Encodings;

namespace Mappings.Formats;

/// <summary>
/// Reads the records of a file or body one by one; memory is the largest record, not the file. Nothing is thrown for bad
/// input. Reading blocks on the stream. After <see cref="RecordStatus.End"/> or <see cref="RecordStatus.Broken"/> every
/// further read answers the same.
/// </summary>
public interface IRecordReader : IDisposable
{
    /// <summary>The record of the last read; the same tape each time, valid until the next read. Nothing of use unless that read gave <see cref="RecordStatus.Record"/>.</summary>
    Tape Tape { get; }

    /// <summary>What is wrong, after <see cref="RecordStatus.Bad"/> and <see cref="RecordStatus.Broken"/>.</summary>
    Finding? Error { get; }

    /// <summary>The number of the record in its file, good and bad ones counted, from 0.</summary>
    long Index { get; }

    /// <summary>Where the record begins.</summary>
    SourcePosition At { get; }

    /// <summary>Byte offset of the record in the file; -1 where the format does not tell (XML).</summary>
    long Offset { get; }

    /// <summary>
    /// The record as it was received, in the file's encoding (XML: the element's text, encoded again), also of a bad one.
    /// Valid until the next read.
    /// </summary>
    ReadOnlyMemory<byte> Original { get; }

    /// <summary>
    /// What the file says once for all its records, as far as it was read, as one object: the header and trailer of a
    /// fixed layout by their names, the envelope of an interchange. Null for formats without. Expressions see it as
    /// <c>$file</c>. The same tape each time, valid until the next read.
    /// </summary>
    Tape? FileTape { get; }

    /// <summary>The encoding the file is read in: the declared one, or the one that was found out.</summary>
    TextEncoding ReadAs { get; }

    /// <summary>What was changed in reading, counted so far: ENC103. Null when nothing was.</summary>
    Finding? Warning { get; }

    RecordStatus Read();
}
