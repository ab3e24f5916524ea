using Hub.Core.Messaging;

namespace Hub.Core.Sagas;

/// <summary>A message of this type begins a saga when there is none yet for its correlation value.</summary>
public interface IAmStartedByMessages<in T> : IHandleMessages<T>;
