using Mappings.Expressions;
using Mappings.Formats.Json;

namespace Mappings.Mapping.Running;

/// <summary>One field, ready to run. Shared by all threads.</summary>
internal abstract class FieldCode(string name)
{
    protected JsonName Name { get; } = new(name);

    /// <summary>What the file says of the field, for whoever traces a run.</summary>
    public FieldDefinition? Definition { get; private set; }

    /// <summary>The path or expression; null for constants and objects.</summary>
    public virtual Evaluation? Text => null;

    /// <summary>The member name with quotes and colon.</summary>
    public ReadOnlySpan<byte> EncodedName => Name.Encoded;

    public FieldCode Of(FieldDefinition definition)
    {
        Definition = definition;
        return this;
    }

    /// <summary>Writes the name and the value, or nothing.</summary>
    /// <param name="input">The record, or the element of the list around the field.</param>
    /// <returns>False when the field was left out, rightly or because of an error that was reported.</returns>
    public abstract bool Write(MappingRun run, in Value input);

    /// <returns>True when at least one was written.</returns>
    internal static bool WriteAll(FieldCode[] fields, MappingRun run, in Value input)
    {
        var any = false;
        foreach (var field in fields)
        {
            if (run.IsFull) break;
            any |= run.Trace is { } trace ? trace.Write(field, run, input) : field.Write(run, input);
        }

        return any;
    }
}
