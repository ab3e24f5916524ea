using System.Reflection;
using Hub.Core.Sagas;

namespace Hub.Core.Messaging;

/// <summary>Calls a handler's method for one type of messages.</summary>
/// <param name="Message">The type.</param>
/// <param name="Starts">The message may begin a saga.</param>
/// <param name="Invoke">Calls an instance.</param>
internal sealed record MessageHandler(Type Message, bool Starts, Func<object, object, IMessageHandlerContext, Task> Invoke)
{
    private static readonly MethodInfo s_handle = Method(nameof(Handle));
    private static readonly MethodInfo s_timeout = Method(nameof(Timeout));

    /// <summary>The types a class handles, in the order of its interfaces.</summary>
    public static IReadOnlyList<MessageHandler> Of(Type handler) =>
        [.. Types(handler, typeof(IHandleMessages<>)).Select(t => new MessageHandler(t, Types(handler, typeof(IAmStartedByMessages<>)).Contains(t), Make(s_handle, t)))];

    /// <summary>The timeouts a saga handles.</summary>
    public static IReadOnlyList<MessageHandler> Timeouts(Type saga) =>
        [.. Types(saga, typeof(IHandleTimeouts<>)).Select(t => new MessageHandler(t, false, Make(s_timeout, t)))];

    private static IEnumerable<Type> Types(Type type, Type definition) =>
        type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition).Select(i => i.GetGenericArguments()[0]);

    private static MethodInfo Method(string name) => typeof(MessageHandler).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    private static Func<object, object, IMessageHandlerContext, Task> Make(MethodInfo method, Type message) =>
        method.MakeGenericMethod(message).CreateDelegate<Func<object, object, IMessageHandlerContext, Task>>();

    private static Task Handle<T>(object handler, object message, IMessageHandlerContext context) => ((IHandleMessages<T>)handler).Handle((T)message, context);

    private static Task Timeout<T>(object saga, object message, IMessageHandlerContext context) => ((IHandleTimeouts<T>)saga).Timeout((T)message, context);
}
