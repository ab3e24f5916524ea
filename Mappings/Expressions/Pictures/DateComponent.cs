namespace Mappings.Expressions.Pictures;

/// <summary>The letters of a date/time picture and how each is written when the picture does not say.</summary>
internal static class DateComponent
{
    public const string Zones = "Zz";

    /// <summary>The presentation of a component without one; null for a letter that is no component.</summary>
    public static string? Default(char component) => component switch
    {
        'Y' or 'M' or 'D' or 'd' or 'W' or 'w' or 'X' or 'x' or 'H' or 'h' or 'f' => "1",
        'm' or 's' => "01",
        'F' or 'P' or 'C' or 'E' => "n",
        'Z' or 'z' => "01:01",
        _ => null,
    };

    /// <summary>Months and days of the week have names, halves of the day "am" and "pm", calendars and eras "ISO".</summary>
    public static bool HasNames(char component) => component is 'M' or 'x' or 'F' or 'P' or 'C' or 'E';
}
