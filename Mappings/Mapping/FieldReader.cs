using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Xrefs;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>Reads the tree of target fields with its three value forms: path, <c>= expression</c>, long form.</summary>
internal sealed class FieldReader(FieldDefaults defaults, Findings findings)
{
    private static readonly string[] Forms = ["from", "expr", "const", "each", "fields"];
    private static readonly string[] ValueKeys =
    [
        "trim", "empty_as", "null", "map", "lookup", "else", "xref", "type", "in", "out", "zone", "scale", "round", "max_length", "too_long", "pattern", "one_of",
        "default", "required", "on_error", "secret",
    ];

    /// <summary>Long enough for a night's load of master data, short enough that somebody asks on the next day.</summary>
    private static readonly TimeSpan HeldAtMost = TimeSpan.FromDays(1);

    private readonly TemporalReader _temporal = new(defaults, findings);

    public IReadOnlyList<FieldDefinition> Fields(YamlMapping mapping, string parent)
    {
        var fields = new List<FieldDefinition>(mapping.Entries.Count);
        foreach (var entry in mapping.Entries)
        {
            var path = parent.Length == 0 ? entry.Key : $"{parent}.{entry.Key}";
            var field = entry.Value switch
            {
                YamlScalar scalar => Short(entry, scalar, path),
                YamlMapping => Long(entry, path),
                _ => Refuse(entry, path),
            };
            fields.Add(field ?? Unread(entry, path));
        }

        return fields;
    }

    private static FieldDefinition Unread(YamlEntry entry, string path) =>
        new() { Name = entry.Key, At = entry.KeyNode.Position, Path = path, Form = FieldForm.Unread, Rules = new FieldRules() };

    private FieldDefinition? Refuse(YamlEntry entry, string path)
    {
        findings.Error("MAP205", entry.Value.Position, path);
        return null;
    }

    private FieldDefinition? Short(YamlEntry entry, YamlScalar scalar, string path)
    {
        if (Text(scalar, path, out var isPath) is not { } text) return null;
        return new FieldDefinition
        {
            Name = entry.Key,
            At = entry.KeyNode.Position,
            Path = path,
            Form = isPath ? FieldForm.Path : FieldForm.Expression,
            Text = text,
            IsPath = isPath,
            Rules = new FieldRules { IsRequired = defaults.IsRequired, Trim = defaults.Trim, EmptyIsMissing = defaults.EmptyIsMissing, KeepsNull = defaults.KeepsNull },
        };
    }

    /// <summary>A path, or an expression behind <c>= </c>.</summary>
    private YamlExpression? Text(YamlScalar scalar, string path, out bool isPath)
    {
        isPath = !scalar.Value.StartsWith('=');
        if (isPath && !scalar.IsEmpty) return YamlExpression.From(scalar);
        if (scalar.Value.Length > 1 && !isPath && scalar.Value[1] is not (' ' or '\n'))
        {
            findings.Error("MAP204", scalar.Position, path, ("text", scalar.Value));
            return null;
        }

        return SpecReader.ReadItem(scalar, FieldType.Expression, "header.orderNo", findings, path: path)?.Expression;
    }

    private FieldDefinition? Long(YamlEntry entry, string path)
    {
        var node = entry.Value;
        if (SpecReader.Read(node, MappingSpecs.Field, findings, path: path) is not { } value)
        {
            // The inner fields are read all the same, so that one run shows everything.
            if (node is YamlMapping { } broken && broken["fields"] is YamlMapping inner) Fields(inner, path);
            return null;
        }

        if (Form(value, path) is not { } form) return null;
        var isPath = false;
        var text = form switch
        {
            FieldForm.Expression => value.Expression("expr"),
            FieldForm.Path => Path(value.Find("from")!, path, out isPath),
            FieldForm.Each => Text((YamlScalar)value.Find("each")!.Node, path, out isPath),
            _ => null,
        };
        if (text is null && form is FieldForm.Path or FieldForm.Each && findings.HasErrors) return null;
        var fields = value.Find("fields") is { } nested ? Nested(nested, form == FieldForm.Each ? path + "[]" : path) : null;
        return new FieldDefinition
        {
            Name = entry.Key,
            At = entry.KeyNode.Position,
            Path = path,
            Form = form,
            Text = text,
            IsPath = isPath,
            Constant = form == FieldForm.Constant ? value.Constant("const") : null,
            Fields = fields,
            AtLeast = value.Find("at_least") is { } least ? (int)least.Integer : 0,
            AtMost = value.Find("at_most") is { } most ? (int)most.Integer : null,
            Rules = Rules(value, path),
        };
    }

    private YamlExpression? Path(SpecItem item, string path, out bool isPath)
    {
        isPath = true;
        if (!item.Text.StartsWith('=')) return YamlExpression.From((YamlScalar)item.Node);
        findings.Error("MAP207", item.At, path, ("text", item.Text.TrimStart('=').TrimStart()));
        return null;
    }

    private IReadOnlyList<FieldDefinition> Nested(SpecItem item, string path)
    {
        if (item.Node is YamlMapping { Entries.Count: > 0 } mapping) return Fields(mapping, path);
        findings.Error("MAP209", item.At, path);
        return [];
    }

    /// <summary>The one form that is given; what does not belong to it is reported.</summary>
    private FieldForm? Form(SpecValue value, string path)
    {
        var given = Forms.Where(value.Has).ToList();
        if (given is ["each", "fields"]) given = ["each"];
        if (given.Count != 1)
        {
            findings.Error(given.Count == 0 ? "MAP203" : "MAP206", value.At, path, ("found", string.Join(", ", given)));
            return null;
        }

        var form = given[0] switch
        {
            "from" => FieldForm.Path,
            "expr" => FieldForm.Expression,
            "const" => FieldForm.Constant,
            "each" => FieldForm.Each,
            _ => FieldForm.Object,
        };
        IReadOnlyList<string> fitting = form switch
        {
            FieldForm.Constant => [],
            FieldForm.Object => ["required"],
            FieldForm.Each when value.Has("fields") => ["at_least", "at_most"],
            FieldForm.Each => [.. ValueKeys, "at_least", "at_most"],
            _ => ValueKeys,
        };
        foreach (var key in value.Spec.Fields.Select(f => f.Name).Where(n => value.Has(n) && n != given[0] && n != "fields" && !fitting.Contains(n)))
            findings.Error("MAP212", value.Find(key)!.KeyAt, path, ("key", key), ("other", given[0]));
        return form;
    }

    private FieldRules Rules(SpecValue value, string path)
    {
        var type = ValueTypes.Parse(value.TextOrNull("type"));
        void Needs(string key, bool met, string needed)
        {
            if (value.Has(key) && !met) findings.Error("MAP213", value.Find(key)!.KeyAt, path, ("key", key), ("needed", needed));
        }

        var temporal = ValueTypes.IsTemporal(type);
        Needs("in", temporal, "type: date, time, datetime, instant");
        Needs("out", temporal, "type: date, time, datetime, instant");
        Needs("zone", temporal && type != ValueType.Time, "type: date, datetime, instant");
        Needs("scale", type is ValueType.Decimal, "type: decimal");
        Needs("round", value.Has("scale"), "scale");
        Needs("too_long", value.Has("max_length"), "max_length");
        Needs("else", value.Has("map") || value.Has("lookup"), "map, lookup");
        Needs("max_length", type is ValueType.Any or ValueType.Text or ValueType.Binary, "type: text, binary");
        Needs("too_long", type is not ValueType.Binary, "type: text");
        Needs("pattern", type is ValueType.Any or ValueType.Text, "type: text");
        if (value.Has("map") && value.Has("lookup")) findings.Error("MAP212", value.Find("lookup")!.KeyAt, path, ("key", "lookup"), ("other", "map"));
        if (value.TextOrNull("on_error") == "default" && !value.Has("default")) findings.Error("MAP213", value.Find("on_error")!.KeyAt, path, ("key", "on_error: default"), ("needed", "default"));
        var pattern = value.Find("pattern");
        return new FieldRules
        {
            Written = value,
            Trim = value.Find("trim")?.Boolean ?? defaults.Trim,
            EmptyIsMissing = value.TextOrNull("empty_as") is { } empty ? empty == "missing" : defaults.EmptyIsMissing,
            KeepsNull = value.TextOrNull("null") is { } keep ? keep == "keep" : defaults.KeepsNull,
            Map = value.Has("map") ? [.. value.Map("map").Select(e => KeyValuePair.Create(e.Key, e.Value.Constant))] : null,
            Lookup = value.TextOrNull("lookup"),
            LookupAt = value.Position("lookup"),
            Else = value.Find("else")?.Constant,
            Xref = Xref(value.Find("xref"), path),
            Type = type,
            Scale = value.Find("scale") is { } scale ? (int)scale.Integer : null,
            Rounding = Round(value.TextOrNull("round") ?? defaults.Round),
            MaxLength = value.Find("max_length") is { } length ? (int)length.Integer : null,
            CutsTooLong = value.TextOrNull("too_long") == "cut",
            Pattern = pattern?.Text,
            PatternRegex = pattern is null ? null : PatternText.Compile(pattern.Text, whole: true, pattern.At, path, findings),
            OneOf = value.Has("one_of") ? [.. value.List("one_of").Select(i => i.Constant)] : null,
            Default = value.Find("default")?.Constant,
            IsRequired = value.Find("required")?.Boolean ?? defaults.IsRequired,
            OnError = value.TextOrNull("on_error") switch { "drop" => BadValue.Drop, "default" => BadValue.Default, _ => BadValue.Fail },
            IsSecret = value.Find("secret")?.Boolean ?? false,
            Temporal = temporal ? _temporal.Read(value, type, path) : null,
        };
    }

    private XrefDefinition? Xref(SpecItem? item, string path)
    {
        if (item is null) return null;
        var xref = item.Object;
        var missing = xref.Text("missing") switch
        {
            "hold" => XrefMissing.Hold,
            "create" => XrefMissing.Create,
            "later" => XrefMissing.Later,
            _ => XrefMissing.Error,
        };
        if (xref.Has("hold_for") && missing != XrefMissing.Hold) findings.Error("MAP213", xref.Find("hold_for")!.KeyAt, path, ("key", "hold_for"), ("needed", "missing: hold"));
        return new XrefDefinition(xref.Text("entity"), xref.Text("from"), xref.Text("to"), missing)
        {
            HoldFor = xref.Find("hold_for")?.Duration ?? HeldAtMost,
            EntityAt = xref.Position("entity"),
            FromAt = xref.Position("from"),
            ToAt = xref.Position("to"),
        };
    }

    private static Rounding Round(string word) => word switch
    {
        "half-even" => Rounding.HalfEven,
        "down" => Rounding.Down,
        "up" => Rounding.Up,
        _ => Rounding.HalfUp,
    };
}
