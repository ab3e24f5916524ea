using Mappings.Expressions;
using Mappings.Formats.Json;

namespace Mappings.Mapping.Running;

/// <summary>One field, ready to run. Shared by all threads.</summary>
internal abstract class FieldCode(string name)
{
    protected JsonName Name { get; } = new(name);

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
            any |= field.Write(run, input);
        }

        return any;
    }
}
