using Mappings.Expressions;
using Mappings.Formats.Json;
using Mappings.Lookups;
using Mappings.Yaml;

namespace Mappings.Mapping.Running;

internal sealed class ConstantField(string name, YamlConstant constant) : FieldCode(name)
{
    private readonly byte[] _json = Encode(constant);

    public override bool Write(MappingRun run, in Value input)
    {
        run.Output.Name(Name);
        run.Output.Raw(_json);
        return true;
    }

    /// <summary>A constant as JSON; null stays null.</summary>
    public static byte[] Encode(YamlConstant constant)
    {
        ConstantPool.One(constant).TryGetNode(out var tape, out var node);
        return TapeJson.ToArray(tape, node);
    }
}
