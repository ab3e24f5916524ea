namespace Mappings.Formats.Csv;

/// <param name="Start">Byte offset in the row, after an opening quote.</param>
/// <param name="Length">Bytes, without the quotes around it.</param>
/// <param name="Doubled">True when quotes inside are written twice and have to be halved.</param>
internal readonly record struct CsvField(int Start, int Length, bool Quoted, bool Doubled);
