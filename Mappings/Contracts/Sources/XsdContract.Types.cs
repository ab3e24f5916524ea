using System.Xml.Linq;

namespace Mappings.Contracts.Sources;

/// <summary>Complex types: their elements, attributes and texts, and what they inherit.</summary>
internal sealed partial class XsdContract
{
    private ContractDraft Complex(XElement type, int depth)
    {
        var draft = new ContractDraft { Kinds = ContractKinds.Object, AllowsOtherMembers = false };
        if ((string?)type.Attribute("mixed") is "true" or "1") draft.Members["_text"] = new ContractDraft { Kinds = ContractKinds.Text, At = At(type) };
        Content(type, draft, isOptional: false, isMany: false, depth);

        // An element whose attributes are all absent and that holds only text is that text.
        if (draft.Members is { Count: > 0 } && draft.Members.TryGetValue("_text", out var text) && draft.Required.All(n => n == "_text"))
        {
            draft.Kinds |= ContractKinds.Text;
            (draft.Format, draft.Pattern, draft.PatternRegex, draft.Enum) = (text.Format, text.Pattern, text.PatternRegex, text.Enum);
        }

        // An element without anything in it is an empty text.
        if (draft.Required.Count == 0) draft.Kinds |= ContractKinds.Text;
        return draft;
    }

    private void Content(XElement parent, ContractDraft draft, bool isOptional, bool isMany, int depth)
    {
        foreach (var child in parent.Elements().Where(e => e.Name.NamespaceName == Xs))
        {
            switch (child.Name.LocalName)
            {
                case "sequence" or "all" or "choice":
                    Content(child, draft, isOptional || Occurs(child, "minOccurs") == 0 || child.Name.LocalName == "choice", isMany || Occurs(child, "maxOccurs") > 1, depth);
                    break;
                case "element": Member(child, draft, isOptional, isMany, depth); break;
                case "attribute": Attribute(child, draft); break;
                case "any" or "anyAttribute": draft.AllowsOtherMembers = true; break;
                case "group" or "attributeGroup":
                    if (Global(child.Name.LocalName, (string?)child.Attribute("ref") ?? string.Empty) is not { } group) Report("MAP245", child, ("name", (string?)child.Attribute("ref") ?? child.Name.LocalName));
                    else if (_open.Add(group))
                    {
                        Content(group, draft, isOptional || Occurs(child, "minOccurs") == 0, isMany || Occurs(child, "maxOccurs") > 1, depth);
                        _open.Remove(group);
                    }

                    break;
                case "simpleContent": SimpleContent(child, draft); break;
                case "complexContent": Derived(child, draft, depth); break;
                case "annotation" or "unique" or "key" or "keyref": break;
                default: Report("MAP244", child, ("element", child.Name.LocalName)); break;
            }
        }
    }

    private void Member(XElement element, ContractDraft draft, bool isOptional, bool isMany, int depth)
    {
        var name = (string?)element.Attribute("name") ?? Local((string?)element.Attribute("ref") ?? string.Empty);
        if (name.Length == 0) return;
        var item = Element(element, depth + 1);
        var repeats = isMany || draft.Members.ContainsKey(name) || Occurs(element, "maxOccurs") > 1;
        draft.Members[name] = repeats ? OneOrMany(item) : item;

        // An empty element is no value where the hub is told so, and it is by default.
        if (!isOptional && Occurs(element, "minOccurs") > 0 && (string?)element.Attribute("nillable") is not ("true" or "1")) draft.Required.Add(name);
        else draft.Required.Remove(name);
    }

    /// <summary>One element is read as a value, several as a list of it.</summary>
    private static ContractDraft OneOrMany(ContractDraft item)
    {
        if (item.Items is not null) return item;
        var many = new ContractDraft { Kinds = item.Kinds | ContractKinds.Array, At = item.At, Description = item.Description, Items = item, AllowsOtherMembers = item.AllowsOtherMembers };
        foreach (var (name, member) in item.Members) many.Members.Add(name, member);
        many.Required.UnionWith(item.Required);
        (many.Format, many.Pattern, many.PatternRegex, many.Enum, many.MaxLength, many.MinLength) = (item.Format, item.Pattern, item.PatternRegex, item.Enum, item.MaxLength, item.MinLength);
        return many;
    }

    private void Attribute(XElement attribute, ContractDraft draft)
    {
        if ((string?)attribute.Attribute("use") == "prohibited") return;
        var declared = attribute;
        if ((string?)attribute.Attribute("ref") is { } reference && Global("attribute", reference) is { } global) declared = global;
        var name = (string?)declared.Attribute("name") ?? Local((string?)attribute.Attribute("ref") ?? string.Empty);
        if (name.Length == 0) return;
        var type = (string?)declared.Attribute("type");
        var value = type is not null ? _simple.Named(declared, type) : Child(declared, "simpleType") is { } own ? _simple.Read(own) : _simple.BuiltIn("string");
        value.At = At(attribute);
        value.Description ??= Documentation(declared);
        draft.Members["_" + name] = value;
        if ((string?)attribute.Attribute("use") == "required") draft.Required.Add("_" + name);
    }

    private void SimpleContent(XElement content, ContractDraft draft)
    {
        if ((Child(content, "extension") ?? Child(content, "restriction")) is not { } derived || (string?)derived.Attribute("base") is not { } name)
        {
            Report("MAP244", content, ("element", "simpleContent"));
            return;
        }

        if (!IsBuiltIn(derived, name) && Global("complexType", name) is { } inherited && _open.Add(inherited))
        {
            Content(inherited, draft, isOptional: false, isMany: false, 0);
            _open.Remove(inherited);
        }
        else
        {
            draft.Members["_text"] = _simple.Named(derived, name);
            draft.Required.Add("_text");
        }

        if (derived.Name.LocalName == "restriction" && draft.Members.TryGetValue("_text", out var text)) _simple.Facets(derived, text);
        foreach (var child in derived.Elements().Where(e => e.Name.LocalName is "attribute")) Attribute(child, draft);
    }

    private void Derived(XElement content, ContractDraft draft, int depth)
    {
        var derived = Child(content, "extension") ?? Child(content, "restriction");
        if (derived is null) return;
        if (derived.Name.LocalName == "extension" && (string?)derived.Attribute("base") is { } name && !IsBuiltIn(derived, name))
        {
            if (Global("complexType", name) is not { } inherited) Report("MAP245", derived.Attribute("base")!, ("name", name));
            else if (_open.Add(inherited))
            {
                Content(inherited, draft, isOptional: false, isMany: false, depth);
                _open.Remove(inherited);
            }
        }

        Content(derived, draft, isOptional: false, isMany: false, depth);
    }
}
