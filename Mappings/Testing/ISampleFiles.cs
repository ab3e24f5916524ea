using Mappings.Diagnostics;

namespace Mappings.Testing;

/// <summary>The sample files that tests take their records from.</summary>
public interface ISampleFiles
{
    /// <param name="path">From the configuration folder.</param>
    /// <param name="at">Where the test asks for it.</param>
    /// <param name="findings">Receives why it cannot be read.</param>
    /// <returns>The bytes; null when it cannot be read.</returns>
    byte[]? Read(string path, SourcePosition at, Findings findings);
}
