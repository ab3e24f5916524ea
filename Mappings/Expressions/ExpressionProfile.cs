namespace Mappings.Expressions;

/// <summary>How much of JSONata a mapping may use.</summary>
public enum ExpressionProfile
{
    /// <summary>What a mapping needs at a leaf; see mapping.md part 2.5. The default.</summary>
    Hub,

    /// <summary>All of JSONata except what reaches outside the message or has no limit (<c>$eval</c>, <c>$shuffle</c>).</summary>
    Full,

    /// <summary>All of JSONata; only for checking the engine against the public suite.</summary>
    Everything,
}
