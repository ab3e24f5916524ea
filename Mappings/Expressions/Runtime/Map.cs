namespace Mappings.Expressions.Runtime;

/// <summary>A computed object: members in the order they were set; large ones get a hash index.</summary>
internal sealed class Map
{
    private const int LinearLimit = 12;

    private string[] _names = [];
    private Value[] _values = [];
    private Dictionary<string, int>? _index;

    public int Count { get; private set; }

    public string Name(int index) => _names[index];

    public Value Value(int index) => _values[index];

    public Value Get(string name) => IndexOf(name) is var at and >= 0 ? _values[at] : default;

    public bool Contains(string name) => IndexOf(name) >= 0;

    public void Set(string name, in Value value)
    {
        var at = IndexOf(name);
        if (at < 0)
        {
            if (Count == _names.Length)
            {
                Array.Resize(ref _names, Math.Max(4, Count * 2));
                Array.Resize(ref _values, _names.Length);
            }

            at = Count++;
            _names[at] = name;
            _index?.Add(name, at);
        }

        _values[at] = value;
    }

    public void Remove(string name)
    {
        var at = IndexOf(name);
        if (at < 0) return;
        Count--;
        Array.Copy(_names, at + 1, _names, at, Count - at);
        Array.Copy(_values, at + 1, _values, at, Count - at);
        _index = null;
    }

    private int IndexOf(string name)
    {
        if (Count > LinearLimit) return Index().TryGetValue(name, out var at) ? at : -1;
        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(_names[i], name, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    private Dictionary<string, int> Index()
    {
        if (_index is not null) return _index;
        _index = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++) _index.Add(_names[i], i);
        return _index;
    }
}
