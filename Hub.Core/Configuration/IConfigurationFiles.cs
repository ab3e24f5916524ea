using Mappings.Diagnostics;

namespace Hub.Core.Configuration;

/// <summary>A configuration folder at one moment. It does not change, so that all parts of one load see the same files.</summary>
public interface IConfigurationFiles
{
    /// <summary>The folder as the user would name it, for findings.</summary>
    string Folder { get; }

    /// <summary>The folder is there.</summary>
    bool Exists { get; }

    /// <summary>The files by path (<c>/</c> between the parts), in ordinal order.</summary>
    IReadOnlyDictionary<string, ConfigurationFile> Files { get; }

    /// <summary>What stands directly in the folder: file names, and folder names with a <c>/</c> at the end.</summary>
    IReadOnlyList<string> TopNames { get; }

    /// <summary>What could not be read.</summary>
    IReadOnlyList<Finding> Findings { get; }
}
