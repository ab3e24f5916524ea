namespace Hub.Core.Configuration.Reload;

/// <summary>The configuration that runs, replaced as a whole. Readers take <see cref="Current"/> once for each message.</summary>
public sealed class ConfigurationHolder<TDefinition>
{
    private volatile ConfigurationState<TDefinition>? _current;

    /// <summary>Raised after each attempt, on the thread of the attempt, also when nothing was taken.</summary>
    public event Action<ConfigurationState<TDefinition>>? Attempted;

    /// <exception cref="InvalidOperationException">No configuration was ever good.</exception>
    public ConfigurationState<TDefinition> Current =>
        _current ?? throw new InvalidOperationException("The hub has no configuration: the first load was refused.");

    public bool HasCurrent => _current is not null;

    internal void Publish(ConfigurationState<TDefinition> state)
    {
        _current = state;
        Attempted?.Invoke(state);
    }
}
