namespace Tests.Servers;

/// <summary>A class that inherits a conformance suite and runs it against real servers: its tests are skipped where they are not installed, as with <see cref="ServerFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsServerAttribute(Server needs) : Attribute
{
    /// <summary>Why the tests of a class cannot run here; null when they can.</summary>
    public static string? SkipReason(Type type) =>
        type.GetCustomAttributes(typeof(NeedsServerAttribute), true).Cast<NeedsServerAttribute>().Select(a => ServerPrograms.SkipReason(a.Needs)).FirstOrDefault(r => r is not null);

    public Server Needs { get; } = needs;
}
