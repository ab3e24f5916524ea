using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping.Files;
using Mappings.Xrefs;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>Reads <c>mappings/NAME.yaml</c>.</summary>
public static class MappingFile
{
    private static readonly string[] Reserved = ["source", "target", "file", "records", "index"];

    /// <summary>The keys of a mapping file.</summary>
    public static ObjectSpec Spec => MappingSpecs.File;

    /// <summary>The keys of a field's long form.</summary>
    public static ObjectSpec FieldSpec => MappingSpecs.Field;

    /// <summary>A field in all its forms: a path or expression, or a mapping of keys.</summary>
    public static FieldType FieldForms { get; } = FieldType.Either(FieldType.Text, FieldType.Object(MappingSpecs.Field));

    /// <returns>The mapping, or null when <paramref name="findings"/> received an error. All that is wrong in the file's shape is reported together.</returns>
    public static MappingDefinition? Read(YamlNode root, Findings findings) => Read(root, findings, out _);

    /// <param name="draft">What could be read in spite of errors, for <see cref="MappingPlan.Check"/>; null when there was none, or when the head could not be read.</param>
    /// <returns>The mapping, or null when <paramref name="findings"/> received an error.</returns>
    public static MappingDefinition? Read(YamlNode root, Findings findings, out MappingDefinition? draft)
    {
        var own = new Findings();
        var definition = ReadFile(root, own);
        findings.AddRange(own);
        draft = own.HasErrors ? definition : null;
        return own.HasErrors ? null : definition;
    }

    private static MappingDefinition? ReadFile(YamlNode root, Findings findings)
    {
        foreach (var side in (string[])["source", "target"]) root = WithoutSchema(root, side, findings);
        var shape = new Findings();
        var file = SpecReader.Read(root, MappingSpecs.File, shape);
        findings.AddRange(shape);

        // The fields are read even when the head is wrong, so that one run shows everything; a mistake beside the defaults must not make them look wrong.
        var defaults = new FieldDefaults(Block(file, root, "defaults", MappingSpecs.Defaults), Block(file, root, "source", MappingSpecs.Source));
        var reader = new FieldReader(defaults, findings);
        var fields = root is YamlMapping mapping && mapping["fields"] is YamlMapping names ? reader.Fields(names, "") : [];
        if (file is null) return null;
        if (fields.Count == 0 && !findings.HasErrors) findings.Error("MAP209", file.Find("fields")!.KeyAt);
        return new MappingDefinition
        {
            File = root.Position.File,
            Name = file.Text("mapping"),
            At = file.Position("mapping"),
            Version = file.Integer("version"),
            Owner = file.TextOrNull("owner") ?? string.Empty,
            Description = file.TextOrNull("description") ?? string.Empty,
            Source = Side(file.ObjectOrNull("source"), findings),
            Target = Side(file.ObjectOrNull("target"), findings),
            Profile = file.Text("profile") == "full" ? ExpressionProfile.Full : ExpressionProfile.Hub,
            Identity = Identity(file, findings),
            Lets = Lets(file, findings),
            SkipWhen = file.ExpressionOrNull("skip_when"),
            Fields = fields,
            FieldsAt = file.Find("fields")!.KeyAt,
            Checks = [.. file.Objects("checks").Select(Check)],
            FileRules = Files(file, findings),
            SkipsBadRecords = file.ObjectOrNull("on_error")?.Text("record") == "skip",
            Tests = file.Find("tests")?.Node,
        };
    }

    private static SpecValue? Block(SpecValue? file, YamlNode root, string key, ObjectSpec spec)
    {
        if (file is not null) return file.ObjectOrNull(key);
        return root is YamlMapping mapping && mapping[key] is YamlMapping block ? SpecReader.Read(block, spec, []) : null;
    }

    private static MappingSide Side(SpecValue? side, Findings findings)
    {
        if (side is null) return MappingSide.None;
        string? Text(string key) => side.Spec.Field(key) is null ? null : side.TextOrNull(key);
        if (Text("format") is "fixed" or "edifact" or "x12" && !side.Has("layout")) findings.Error("CFG300", side.Position("format"), side.PathOf("format"), ("format", side.Text("format")));
        return new MappingSide
        {
            System = Text("system"),
            SystemAt = side.Position("system"),
            Format = Text("format"),
            Encoding = Text("encoding"),
            Layout = Text("layout"),
            LayoutAt = side.Position("layout"),
            Record = Text("record"),
            Attributes = Text("attributes"),
            ReplacesBadBytes = Text("bad_bytes") == "replace",
            Namespaces = side.Spec.Field("namespaces") is null ? MappingSide.None.Namespaces : side.Map("namespaces").GroupBy(n => n.Value.Text, n => n.Key).ToDictionary(n => n.Key, n => n.First()),
            Key = Text("key"),
            Contract = Text("contract"),
            ContractAt = side.Position("contract"),
        };
    }

    private static IdentityDefinition? Identity(SpecValue file, Findings findings)
    {
        if (file.Find("identity") is not { } item) return null;
        var identity = item.Object;
        foreach (var side in (string[])["source", "target"])
        {
            if (file.ObjectOrNull(side)?.TextOrNull("system") is null) findings.Error("MAP282", item.KeyAt, "identity", ("side", side));
        }

        return new IdentityDefinition(
            identity.Text("entity"), YamlExpression.From((YamlScalar)identity.Find("from")!.Node), YamlExpression.From((YamlScalar)identity.Find("to")!.Node), item.KeyAt);
    }

    private static List<LetDefinition> Lets(SpecValue file, Findings findings)
    {
        var lets = new List<LetDefinition>();
        foreach (var (name, item) in file.Map("let"))
        {
            if (Array.IndexOf(Reserved, name) >= 0) findings.Error("MAP208", item.KeyAt, item.Path, ("name", name));
            else lets.Add(new LetDefinition(name, item.KeyAt, item.Expression));
        }

        return lets;
    }

    private static CheckDefinition Check(SpecValue check) =>
        new(check.Text("name"), check.Position("name"), check.Expression("expr"), check.Text("otherwise") == "warn" ? Severity.Warning : Severity.Error) { IsOfFile = check.Text("scope") == "file" };

    private static FileRules Files(SpecValue file, Findings findings)
    {
        var onError = file.ObjectOrNull("on_error");
        var stopAfter = onError?.ObjectOrNull("stop_after");
        var isAllOrNothing = file.Text("mode") == "all-or-nothing";
        if (stopAfter is not null && !stopAfter.Has("errors") && !stopAfter.Has("percent")) findings.Error("MAP288", stopAfter.At, "on_error.stop_after");
        foreach (var check in file.Objects("checks").Where(c => c.Text("scope") == "file" && !isAllOrNothing)) findings.Error("MAP284", check.Position("scope"), check.PathOf("scope"), ("name", check.Text("name")));
        return new FileRules
        {
            IsAllOrNothing = isAllOrNothing,
            StopsAtFirst = onError?.Text("record") == "stop",
            StopAfterErrors = (int?)stopAfter?.Find("errors")?.Integer,
            StopAfterShare = stopAfter?.Find("percent")?.Integer / 100m,
        };
    }

    /// <summary>What other tools call a schema is called a contract here: said once by name, instead of calling the key unknown.</summary>
    private static YamlNode WithoutSchema(YamlNode root, string side, Findings findings)
    {
        if (root is not YamlMapping mapping || mapping.Entry(side) is not { Value: YamlMapping inner } found || inner.Entry("schema") is not { } schema) return root;
        findings.Error("MAP292", schema.KeyNode.Position, side, ("key", "schema"));
        var kept = new YamlMapping(inner.Position, [.. inner.Entries.Where(e => !ReferenceEquals(e, schema))]);
        return new YamlMapping(mapping.Position, [.. mapping.Entries.Select(e => ReferenceEquals(e, found) ? e with { Value = kept } : e)]);
    }
}
