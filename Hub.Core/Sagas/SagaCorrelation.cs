using System.Linq.Expressions;
using System.Reflection;
using Hub.Core.Journal;

namespace Hub.Core.Sagas;

/// <summary>By which property a saga is found, and from which value of each type of message.</summary>
internal sealed class SagaCorrelation
{
    private static readonly HashSet<Type> s_types =
        [typeof(string), typeof(Guid), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong)];

    private readonly Dictionary<Type, (Type Type, Func<object, object?> Read)> _messages = [];
    private readonly List<string> _defects = [];

    /// <summary>The property of the data; null when none was named.</summary>
    public PropertyInfo? Property { get; private set; }

    /// <summary>What is wrong with the declarations.</summary>
    public IReadOnlyList<string> Defects => _defects;

    public bool Finds(Type message) => _messages.ContainsKey(message);

    public void ToSaga<TSagaData>(Expression<Func<TSagaData, object?>> expression)
    {
        if (Body(expression) is not MemberExpression { Member: PropertyInfo { CanWrite: true } property }) _defects.Add($"{expression} is no property that can be written");
        else if (!s_types.Contains(property.PropertyType)) _defects.Add($"{property.Name} is a {property.PropertyType.Name}: a correlation property is a text, a whole number or a Guid");
        else if (Property is not null && Property != property) _defects.Add($"{Property.Name} and {property.Name}: a saga is found by one property");
        else Property = property;
    }

    public void ToMessage<TMessage>(Expression<Func<TMessage, object?>> expression)
    {
        var read = expression.Compile();
        if (!_messages.TryAdd(typeof(TMessage), (Body(expression).Type, message => read((TMessage)message)))) _defects.Add($"{typeof(TMessage).Name} is mapped twice");
    }

    /// <summary>Declarations that cannot be compared with the property; known once all are made.</summary>
    public IEnumerable<string> Mismatches() => Property is not { } property
        ? []
        : _messages.Where(m => m.Value.Type != property.PropertyType)
            .Select(m => $"{m.Key.Name} gives a {m.Value.Type.Name}, and {property.Name} is a {property.PropertyType.Name}");

    /// <summary>The value of a message by which its saga is found.</summary>
    /// <returns>False when it cannot be told: the expression met a part that is not there.</returns>
    public bool TryValue(object message, out object? value, out string? reason)
    {
        reason = null;
        try
        {
            value = _messages[message.GetType()].Read(message);
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            value = null;
            reason = $"{error.GetType().Name}: {error.Message}";
            return false;
        }
    }

    /// <summary>The value as text: the saga's key and lane; null when it names no saga.</summary>
    public static string? Text(object? value)
    {
        var text = value is IFormattable number ? number.ToString(null, System.Globalization.CultureInfo.InvariantCulture) : value as string;
        return string.IsNullOrWhiteSpace(text) || value is Guid { } id && id == Guid.Empty ? null : text;
    }

    /// <summary>Why a text cannot be the key of a document; null when it can.</summary>
    public static string? Refusal(string? text)
    {
        if (text is null) return "it is empty";
        try
        {
            _ = new WriteStateOperation("saga", text, 0, ReadOnlyMemory<byte>.Empty, default);
            return null;
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }

    private static Expression Body(LambdaExpression lambda)
    {
        var body = lambda.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } convert) body = convert.Operand;
        return body;
    }
}
