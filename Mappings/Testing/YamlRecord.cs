using System.Text;
using Mappings.Documents;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>Writes a record that stands in a YAML file, each value with its place there.</summary>
/// <param name="textOnly">Every value is a text, as the format of the mapping's source (CSV, XML) has no other.</param>
internal sealed class YamlRecord(TapeBuilder builder, bool textOnly)
{
    public void Write(YamlNode node)
    {
        builder.At(node.Position.Line, node.Position.Column);
        switch (node)
        {
            case YamlMapping mapping:
                builder.StartObject();
                foreach (var entry in mapping.Entries)
                {
                    builder.At(entry.KeyNode.Position.Line, entry.KeyNode.Position.Column);
                    builder.Name(entry.Key);
                    Write(entry.Value);
                }

                builder.End();
                break;
            case YamlSequence sequence:
                builder.StartArray();
                foreach (var item in sequence.Items) Write(item);
                builder.End();
                break;
            default:
                Scalar((YamlScalar)node);
                break;
        }
    }

    private void Scalar(YamlScalar scalar)
    {
        var constant = YamlConstant.From(scalar);
        if (textOnly) builder.Text(scalar.Value);
        else if (constant.Kind == YamlConstantKind.Null) builder.Null();
        else if (constant.Kind == YamlConstantKind.Boolean) builder.Boolean(constant.Text == "true");
        else if (constant.Kind == YamlConstantKind.Number) builder.Number(Encoding.UTF8.GetBytes(constant.Text));
        else builder.Text(scalar.Value);
    }
}
