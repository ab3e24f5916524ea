using AutoMapper;
using AutoMapper.Internal;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Host.TypedMaps;

/// <summary>AutoMapper profiles as typed maps. Each has a configuration of its own, so that a wrong one spoils no other.</summary>
/// <param name="profiles">By their names.</param>
internal sealed class ProfileCatalog(IReadOnlyDictionary<string, Profile> profiles) : ITypedMaps
{
    public IReadOnlyCollection<string> Names => [.. profiles.Keys.Order(StringComparer.Ordinal)];

    public IDocumentMapping? Find(SpecItem profile, SpecItem? source, SpecItem? target, Findings findings)
    {
        var name = profile.Text;
        if (Configure(profile, findings) is not { } configuration) return null;
        var maps = configuration.Internal().GetAllTypeMaps().Where(map => map.Profile.Name == profiles[name].ProfileName).Select(map => map.Types).ToList();
        var chosen = maps.Where(types => IsNamed(types.SourceType, source) && IsNamed(types.DestinationType, target)).ToList();
        if (chosen is [var one]) return new TypedMapping(name, one.SourceType, one.DestinationType, configuration.CreateMapper());
        var known = ("known", string.Join(", ", maps.Select(types => $"{types.SourceType.Name} -> {types.DestinationType.Name}")));
        if (Unknown(source, maps.Select(types => types.SourceType)) is { } wrongSource) Report(wrongSource, maps.Select(types => types.SourceType));
        else if (Unknown(target, maps.Select(types => types.DestinationType)) is { } wrongTarget) Report(wrongTarget, maps.Select(types => types.DestinationType));
        else findings.Error("CFG338", profile.At, profile.Path, ("profile", name), known);
        return null;

        void Report(SpecItem wrong, IEnumerable<Type> types)
        {
            var near = NameSuggestion.Closest(wrong.Text, types.Select(type => type.Name));
            findings.Error("CFG332", wrong.At, wrong.Path, ("profile", name), ("type", wrong.Text), ("hint", NameSuggestion.Hint(near)), known);
        }
    }

    private static SpecItem? Unknown(SpecItem? written, IEnumerable<Type> types) => written is null || types.Any(type => IsNamed(type, written)) ? null : written;

    private static bool IsNamed(Type type, SpecItem? written) => written is null || written.Text == type.Name || written.Text == type.FullName;

    private MapperConfiguration? Configure(SpecItem profile, Findings findings)
    {
        try
        {
            // Without a licence key AutoMapper logs a warning at each configuration; README.md says it once, to whom it may concern.
            var configuration = new MapperConfiguration(maps => maps.AddProfile(profiles[profile.Text]), NullLoggerFactory.Instance);
            configuration.AssertConfigurationIsValid();
            return configuration;
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            // A profile is code of somebody else: whatever its configuration throws is its fault, and is told as such.
            findings.Error("CFG333", profile.At, profile.Path, ("profile", profile.Text), ("reason", OneLine(wrong.Message)));
            return null;
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
