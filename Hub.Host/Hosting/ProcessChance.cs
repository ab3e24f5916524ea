namespace Hub.Host.Hosting;

/// <summary>The one place where the process's own chance is taken; everything else is handed a <see cref="Random"/>.</summary>
internal static class ProcessChance
{
#pragma warning disable RS0030 // The composition root chooses the source that all parts are given.
    public static Random Source => Random.Shared;
#pragma warning restore RS0030
}
