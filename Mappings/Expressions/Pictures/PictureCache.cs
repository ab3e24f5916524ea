namespace Mappings.Expressions.Pictures;

/// <summary>The pictures a message's expressions have read: nearly all are constants, used once a record. Few are kept, so that computed ones cost no memory.</summary>
internal sealed class PictureCache
{
    private const int Capacity = 32;

    private readonly Dictionary<(Type, string), object> _pictures = [];

    public T Get<T>(string text, Func<string, T> parse)
        where T : class
    {
        if (_pictures.TryGetValue((typeof(T), text), out var known)) return (T)known;
        var picture = parse(text);
        if (_pictures.Count == Capacity) _pictures.Clear();
        _pictures.Add((typeof(T), text), picture);
        return picture;
    }
}
