namespace Tests.Servers;

/// <summary>A theory against real servers: see <see cref="ServerFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServerTheoryAttribute : TheoryAttribute
{
    public ServerTheoryAttribute(Server needs) => Skip = ServerPrograms.SkipReason(needs);
}
