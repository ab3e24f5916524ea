using Mappings.Diagnostics;

namespace Hub.Core.Configuration.Reload;

/// <summary>
/// Loads, validates, compiles, swaps. The last good content is kept for each file: a changed file that is broken, or
/// breaks another, is held back, and all other changes are taken. Every attempt is published.
/// </summary>
public sealed class ConfigurationReloader<TDefinition>
{
    private readonly Func<IConfigurationFiles, LoadedConfiguration> _load;
    private readonly Func<LoadedConfiguration, Findings, TDefinition?> _compile;
    private readonly Lock _lock = new();
    private ConfigurationSnapshot? _good;
    private int _attempts;

    /// <param name="load">The loader with its environment, specs and references.</param>
    /// <param name="compile">Makes what runs from a valid configuration; adds errors to the findings when it cannot.</param>
    public ConfigurationReloader(Func<IConfigurationFiles, LoadedConfiguration> load, Func<LoadedConfiguration, Findings, TDefinition?> compile)
    {
        _load = load;
        _compile = compile;
    }

    public ConfigurationHolder<TDefinition> Holder { get; } = new();

    /// <summary>The first load. Nothing is held back here: with errors there is no configuration and the hub must not start.</summary>
    /// <returns>All findings; the holder has a configuration when none of them is an error.</returns>
    public IReadOnlyList<Finding> Start(ConfigurationSnapshot files)
    {
        lock (_lock)
        {
            var trial = Try(files);
            if (trial.IsGood) Take(files, trial, trial.Findings, []);
            return trial.Findings;
        }
    }

    /// <summary>Takes what is good of a changed folder.</summary>
    /// <exception cref="InvalidOperationException">There was no good start.</exception>
    public ConfigurationState<TDefinition> Reload(ConfigurationSnapshot files)
    {
        lock (_lock)
        {
            var good = _good ?? throw new InvalidOperationException("Reload needs a good start.");
            if (!files.Exists) return Keep(Try(files).Errors, []);
            var changed = Changes(good, files);
            var held = new SortedSet<string>(StringComparer.Ordinal);
            var reasons = new List<Finding>();
            while (true)
            {
                var trial = Try(files.With(held, good.Files));
                if (trial.IsGood)
                {
                    Take(files.With(held, good.Files), trial, Merge(reasons, trial.Findings), [.. held]);
                    return Holder.Current;
                }

                reasons.AddRange(trial.Errors);
                var open = changed.Except(held).ToList();
                if (open.Count == 0) return Keep(reasons, held);
                var broken = trial.Errors.Select(f => f.At.File).Where(open.Contains).ToHashSet(StringComparer.Ordinal);
                if (broken.Count == 0) broken.Add(Cause(files, good, held, open));
                held.UnionWith(broken);
            }
        }
    }

    /// <summary>
    /// Errors stand only in files that did not change (their endpoint was taken away, say): the change whose absence
    /// leaves the fewest errors is the cause, the first by path among equals.
    /// </summary>
    private string Cause(ConfigurationSnapshot files, ConfigurationSnapshot good, SortedSet<string> held, List<string> open) =>
        open.MinBy(path => Try(files.With([.. held, path], good.Files)).Errors.Count())!;

    /// <summary>The folder is gone, or not even the last good files are good now (a referenced secret is gone, say). What runs goes on.</summary>
    private ConfigurationState<TDefinition> Keep(IEnumerable<Finding> reasons, IReadOnlyCollection<string> held)
    {
        var state = Holder.Current with { LastFindings = Merge(reasons, []), HeldBack = [.. held], Attempt = ++_attempts };
        Holder.Publish(state);
        return state;
    }

    private void Take(ConfigurationSnapshot files, Trial trial, IReadOnlyList<Finding> findings, IReadOnlyList<string> held)
    {
        _good = files;
        Holder.Publish(new ConfigurationState<TDefinition>(trial.Configuration, trial.Definition!, findings, held, ++_attempts));
    }

    private Trial Try(ConfigurationSnapshot files)
    {
        var configuration = _load(files);
        var findings = new Findings();
        findings.AddRange(configuration.Findings);
        var definition = configuration.IsValid ? _compile(configuration, findings) : default;
        return new Trial(configuration, definition, findings.Sorted());
    }

    private static List<string> Changes(ConfigurationSnapshot good, ConfigurationSnapshot files) =>
    [
        .. good.Files.Keys.Union(files.Files.Keys, StringComparer.Ordinal)
            .Where(p => good.Files.GetValueOrDefault(p)?.Revision != files.Files.GetValueOrDefault(p)?.Revision)
            .Union(files.Findings.Select(f => f.At.File), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static IReadOnlyList<Finding> Merge(IEnumerable<Finding> reasons, IEnumerable<Finding> rest)
    {
        var findings = new Findings();
        findings.AddRange(reasons.Concat(rest).DistinctBy(f => f.ToString()));
        return findings.Sorted();
    }

    private sealed record Trial(LoadedConfiguration Configuration, TDefinition? Definition, IReadOnlyList<Finding> Findings)
    {
        public bool IsGood => !Errors.Any();

        public IEnumerable<Finding> Errors => Findings.Where(f => f.Severity == Severity.Error);
    }
}
