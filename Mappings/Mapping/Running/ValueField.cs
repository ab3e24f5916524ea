using Mappings.Expressions;

namespace Mappings.Mapping.Running;

internal sealed class ValueField(string name, Evaluation text, ValueWriter writer) : FieldCode(name)
{
    public override Evaluation? Text => text;

    public override bool Write(MappingRun run, in Value input) =>
        text.TryRun(run, input, out var value, out var finding) ? writer.Write(run, input, value, Name) : writer.Bad(run, finding!, Name);
}
