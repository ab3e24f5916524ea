namespace Mappings.Mapping;

/// <summary>How a decimal loses digits.</summary>
public enum Rounding
{
    /// <summary>The half away from zero, as on an invoice.</summary>
    HalfUp,

    /// <summary>The half to the even neighbour.</summary>
    HalfEven,

    /// <summary>Towards zero.</summary>
    Down,

    /// <summary>Away from zero.</summary>
    Up,
}
