namespace Mappings.Expressions.Binding;

/// <summary>
/// The names one block, function or path binds. Most blocks put their variables into the activation of the function
/// around them; only where a closure could outlive the block does it get an activation of its own.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal);

    public Scope(Scope? parent, bool ownActivation)
    {
        Parent = parent;
        Owner = ownActivation || parent is null ? this : parent.Owner;
    }

    public Scope? Parent { get; }

    /// <summary>The scope whose activation holds this scope's variables.</summary>
    public Scope Owner { get; }

    public bool HasOwnActivation => ReferenceEquals(Owner, this);

    /// <summary>Size of the activation; complete only when everything inside is compiled.</summary>
    public int SlotCount { get; private set; }

    public IEnumerable<int> Slots => _slots.Values;

    public IEnumerable<string> Names => _slots.Keys;

    /// <summary>A parameter takes the next slot even when another one has its name; the last one is meant.</summary>
    public void Parameter(string name) => _slots[name] = Owner.SlotCount++;

    public int Declare(string name)
    {
        if (_slots.TryGetValue(name, out var slot)) return slot;
        slot = Owner.SlotCount++;
        _slots.Add(name, slot);
        return slot;
    }

    /// <summary>From here on the name surely has its value: what is written later need not look further out.</summary>
    public void Assigned(string name) => _assigned.Add(name);

    public bool TryFind(string name, out int slot, out bool assigned)
    {
        assigned = _assigned.Contains(name);
        return _slots.TryGetValue(name, out slot);
    }

    /// <summary>How many activations lie between this scope and the one that holds <paramref name="target"/>'s variables.</summary>
    public int HopsTo(Scope target)
    {
        var hops = 0;
        for (var owner = Owner; !ReferenceEquals(owner, target.Owner); owner = owner.Parent!.Owner) hops++;
        return hops;
    }
}
