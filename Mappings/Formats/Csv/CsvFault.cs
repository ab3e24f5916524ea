namespace Mappings.Formats.Csv;

/// <summary>What is wrong inside one CSV row.</summary>
internal enum CsvFault
{
    None,

    /// <summary>The row may go on beyond the text at hand.</summary>
    NeedMore,
    TextAfterQuote,
    BareQuote,
    Unterminated,
    LongField,
    ManyFields,
}
