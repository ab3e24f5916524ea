namespace Hub.Core.Messaging;

/// <summary>
/// Registers the sagas and handlers of an assembly that hub.yaml names under <c>extensions</c>. A public class with a
/// constructor without parameters; it is called each time the configuration is compiled.
/// </summary>
public interface IMessagingModule
{
    /// <summary>Registers what the assembly has.</summary>
    void Register(MessagingCatalog messaging);
}
