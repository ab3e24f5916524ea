namespace Mappings.Yaml;

/// <summary>So many in a time: <c>10/s</c>, <c>600/m</c>, <c>5000/h</c>.</summary>
public readonly record struct Rate(int Count, TimeSpan Per)
{
    public double PerSecond => Count / Per.TotalSeconds;
}
