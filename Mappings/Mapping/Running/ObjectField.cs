using Mappings.Expressions;

namespace Mappings.Mapping.Running;

internal sealed class ObjectField(string name, FieldCode[] fields, bool isRequired) : FieldCode(name)
{
    public override bool Write(MappingRun run, in Value input)
    {
        var output = run.Output;
        var mark = output.Mark;
        output.Name(Name);
        output.StartObject();
        if (!WriteAll(fields, run, input) && !isRequired)
        {
            output.Rewind(mark);
            return false;
        }

        output.EndObject();
        return true;
    }
}
