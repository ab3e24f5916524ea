namespace Tests.Formats;

/// <summary>Tests that look at the memory of the process, which others must not use at the same time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class MemoryCollection
{
    public const string Name = "memory";
}
