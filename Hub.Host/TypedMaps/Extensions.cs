using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using AutoMapper;
using Hub.Core.Messaging;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Host.TypedMaps;

/// <summary>
/// The profiles of this program and of the assemblies that hub.yaml names under <c>extensions</c>, and the sagas and handlers of
/// these. An assembly is loaded once
/// for the life of the process, with the libraries beside it, except those that the hub has itself.
/// </summary>
/// <param name="folder">The configuration folder, from which paths of extensions are told.</param>
/// <param name="own">Profiles of the program.</param>
internal sealed class Extensions(string folder, IReadOnlyList<Profile> own) : ITypedMapSource, IMessagingSource
{
    private static readonly ConcurrentDictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    public ITypedMaps Open(IReadOnlyList<SpecItem> extensions, Findings findings)
    {
        var profiles = new Dictionary<string, Profile>(StringComparer.Ordinal);
        foreach (var profile in own) profiles.Add(profile.GetType().Name, profile);
        foreach (var extension in extensions)
        {
            foreach (var profile in Profiles(extension, findings))
            {
                if (!profiles.TryAdd(profile.GetType().Name, profile)) findings.Error("CFG334", extension.At, extension.Path, ("profile", profile.GetType().Name));
            }
        }

        return new ProfileCatalog(profiles);
    }

    private List<Profile> Profiles(SpecItem extension, Findings findings)
    {
        var file = Path.GetFullPath(extension.Text, folder);
        if (!File.Exists(file) || !file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            findings.Error("CFG336", extension.At, extension.Path, ("file", extension.Text));
            return [];
        }

        try
        {
            var assembly = Loaded.GetOrAdd(file, static path => new Context(path).LoadFromAssemblyPath(path));
            var profiles = Instances<Profile>(assembly);
            if (profiles.Count == 0 && !Types<IMessagingModule>(assembly).Any()) findings.Error("CFG339", extension.At, extension.Path, ("file", extension.Text));
            return profiles;
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            // No assembly, one for another system, a library of another version, or a constructor that throws: all are the file's fault.
            findings.Error("CFG335", extension.At, extension.Path, ("file", extension.Text), ("reason", (wrong.InnerException ?? wrong).Message));
            return [];
        }
    }

    /// <summary>The sagas and handlers that the assemblies register. Those that could not be loaded have been told of.</summary>
    MessagingCatalog IMessagingSource.Open(IReadOnlyList<SpecItem> extensions, Findings findings)
    {
        var messaging = new MessagingCatalog();
        foreach (var extension in extensions)
        {
            if (!Loaded.TryGetValue(Path.GetFullPath(extension.Text, folder), out var assembly)) continue;
            try
            {
                foreach (var module in Instances<IMessagingModule>(assembly)) module.Register(messaging);
            }
            catch (Exception wrong) when (wrong is not OutOfMemoryException)
            {
                findings.Error("CFG335", extension.At, extension.Path, ("file", extension.Text), ("reason", (wrong.InnerException ?? wrong).Message));
            }
        }

        return messaging;
    }

    private static List<T> Instances<T>(Assembly assembly) => [.. Types<T>(assembly).Select(type => (T)Activator.CreateInstance(type)!)];

    private static IEnumerable<Type> Types<T>(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(T)) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null);

    /// <summary>Libraries that the hub has are the hub's: a profile of another AutoMapper would be no profile here.</summary>
    private sealed class Context(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
    {
        private readonly AssemblyDependencyResolver _beside = new(file);

        protected override Assembly? Load(AssemblyName name)
        {
            if (Default.Assemblies.Any(assembly => assembly.GetName().Name == name.Name) || name.Name == typeof(Profile).Assembly.GetName().Name) return null;
            return _beside.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
        }
    }
}
