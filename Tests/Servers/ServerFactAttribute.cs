namespace Tests.Servers;

/// <summary>A test against real servers: skipped where they are not installed, except in CI, where that must not go unseen.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServerFactAttribute : FactAttribute
{
    public ServerFactAttribute(Server needs) => Skip = ServerPrograms.SkipReason(needs);
}
