namespace Benchmarks.Mapping;

/// <summary>One way to turn each document of a set into another.</summary>
internal abstract class Contestant(string name)
{
    public string Name => name;

    /// <summary>Nanoseconds a document of each slice so far.</summary>
    public List<double> Slices { get; } = [];

    /// <summary>Bytes allocated a document in the last slice; null where that cannot be known.</summary>
    public double? Allocated { get; protected set; }

    /// <summary>What becomes of a document, as JSON.</summary>
    public abstract byte[] Output(int document);

    /// <summary>Maps all documents, again and again until the time is over.</summary>
    /// <returns>Nanoseconds a document.</returns>
    public abstract double Run(double milliseconds);
}
