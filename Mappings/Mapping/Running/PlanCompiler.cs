using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Lookups;
using Mappings.Mapping.Checking;
using Mappings.Mapping.Files;
using Mappings.Yaml;

namespace Mappings.Mapping.Running;

/// <summary>Compiles one mapping. All that is wrong is reported together; what could not be compiled is left out of a plan that nobody gets.</summary>
internal sealed class PlanCompiler
{
    private readonly MappingDefinition _definition;
    private readonly MappingCompileContext _context;
    private readonly Findings _findings;
    private readonly VariableSlots _slots;
    private readonly HostFunction[] _functions;
    private readonly ExpressionOptions _inFields;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _secretLets;

    public PlanCompiler(MappingDefinition definition, MappingCompileContext context, Findings findings)
    {
        _definition = definition;
        _context = context;
        _findings = findings;
        _slots = new VariableSlots(context.Variables, definition.Lets.Select(l => l.Name));
        _functions = [TableFunction.Create(context.Lookups)];
        _inFields = Options(_slots.InFields);
        _secretLets = SecretLets();
    }

    public MappingPlan? Compile()
    {
        var lets = new List<Evaluation>();
        for (var i = 0; i < _definition.Lets.Count; i++)
        {
            var let = _definition.Lets[i];
            if (Compiled(let.Expression, false, "$" + let.Name, Options(_slots.BeforeLet(i)), _secretLets.Contains(let.Name)) is not { } code) continue;
            lets.Add(code);
        }

        var skip = _definition.SkipWhen is { } condition ? Compiled(condition, false, string.Empty, _inFields, false) : null;
        var fields = Fields(_definition.Fields);
        var checks = new List<CheckCode>();
        foreach (var check in _definition.Checks.Where(c => !c.IsOfFile))
        {
            if (Compiled(check.Expression, false, string.Empty, Options(_slots.Names), HasSecrets(_definition.Fields)) is { } code) checks.Add(new CheckCode(check, code));
        }

        foreach (var let in _definition.Lets)
        {
            if (!_used.Contains(let.Name)) _findings.Warning("MAP241", let.At, string.Empty, ("name", let.Name));
        }

        var xrefs = Xrefs();
        var types = MappingCheck.Run(_definition, _context, _findings);
        var ofFile = FileChecks();
        var usesFile = _used.Contains(VariableSlots.File);
        if (_findings.HasErrors) return null;
        var afterLets = skip is not null && skip.Expression.Facts.Variables.Any(v => _definition.Lets.Any(l => l.Name == v));
        return new MappingPlan(_definition, new PlanParts(_slots, skip, afterLets, [.. lets], fields, [.. checks], xrefs) { UsesFile = usesFile, FileChecks = ofFile }, types);
    }

    private FieldCode[] Fields(IReadOnlyList<FieldDefinition> definitions)
    {
        var fields = new List<FieldCode>(definitions.Count);
        foreach (var definition in definitions)
        {
            if (Field(definition) is { } field) fields.Add(field.Of(definition));
        }

        return [.. fields];
    }

    private FieldCode? Field(FieldDefinition field)
    {
        switch (field.Form)
        {
            case FieldForm.Constant:
                return new ConstantField(field.Name, field.Constant!.Value);
            case FieldForm.Object:
                return new ObjectField(field.Name, Fields(field.Fields!), field.Rules.IsRequired);
            case FieldForm.Unread:
                _used.UnionWith(_definition.Lets.Select(l => l.Name));
                return null;
        }

        // A broken expression hides neither the lookup beside it nor the fields below it.
        var lookup = Lookup(field);
        var text = Compiled(field.Text!, field.IsPath, field.Path, _inFields, field.Rules.IsSecret);
        var fields = field is { Form: FieldForm.Each, Fields: { } nested } ? Fields(nested) : null;
        if (text is null || (lookup is null && field.Rules.Lookup is not null)) return null;
        if (field.Form != FieldForm.Each) return new ValueField(field.Name, text, new ValueWriter(field.Rules, text, new ValueRule(field.Rules, lookup, text)));
        var element = fields is null ? new Evaluation(text.Expression, text.At, field.Path + "[]", text.IsSecret) : null;
        var writer = element is null ? null : new ValueWriter(field.Rules, element, new ValueRule(field.Rules, lookup, element));
        return new EachField(field.Name, text, fields, writer, field.AtLeast, field.AtMost);
    }

    private LookupTable? Lookup(FieldDefinition field)
    {
        if (field.Rules.Lookup is not { } name) return null;
        if (_context.Lookups.TryGetValue(name, out var table)) return table;
        UnknownLookup(name, field.Rules.LookupAt, name.Length, field.Path);
        return null;
    }

    /// <returns>Null when the mapping has no checks on the whole file.</returns>
    private FileChecks? FileChecks()
    {
        var checks = new List<FileCheckCode>();
        foreach (var check in _definition.Checks.Where(c => c.IsOfFile))
        {
            if (Files.FileChecks.Compile(check, Options([]), _findings) is not { } code) continue;
            checks.Add(code);
            if (code.Condition.Facts.Variables.Contains(VariableSlots.File)) FileVariable.Check(code.Condition, _definition, _context, ofRecord: false, string.Empty, check.At, _findings);
        }

        return checks.Count == 0 ? null : new FileChecks([.. checks]);
    }

    /// <returns>Null when the mapping has nothing to do with the identity map.</returns>
    private XrefCode? Xrefs()
    {
        XrefCheck.Run(_definition, _context, _findings);
        if (_definition.Identity is not { } identity) return XrefCheck.Fields(_definition.Fields).Any() ? new XrefCode(null, null, null) : null;
        var from = Compiled(identity.From, true, "identity.from", _inFields, false);
        var to = Compiled(identity.To, true, "identity.to", _inFields, false);
        return new XrefCode(_definition, from, to);
    }

    private void UnknownLookup(string name, SourcePosition at, int length, string path) =>
        _findings.Add(Finding.Error("MAP240", at, path, ("name", name), ("known", Listed(_context.Lookups.Keys)), ("hint", NameSuggestion.Hint(NameSuggestion.Closest(name, _context.Lookups.Keys)))) with { Length = length });

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } list ? list : "-";

    private Evaluation? Compiled(YamlExpression text, bool isPath, string path, ExpressionOptions options, bool isSecret)
    {
        var own = new Findings();
        var origin = YamlOrigin.Of(text);
        var expression = isPath ? PathExpression.Compile(text.Text, options, own, origin) : Expression.Compile(text.Text, options, own, origin);
        foreach (var finding in own) _findings.Add(finding.Path.Length == 0 ? finding with { Path = path } : finding);
        if (expression is null)
        {
            // What it uses is not known, so no let is called unused because of it.
            _used.UnionWith(_definition.Lets.Select(l => l.Name));
            return null;
        }

        _used.UnionWith(expression.Facts.Variables);
        if (expression.Facts.Variables.Contains(VariableSlots.File)) FileVariable.Check(expression, _definition, _context, ofRecord: true, path, text.PositionAt(0), _findings);
        foreach (var call in expression.Facts.HostCalls)
        {
            if (call is { Name: TableFunction.Name, Arguments: [{ } table, ..] } && !_context.Lookups.ContainsKey(table)) UnknownLookup(table, call.At, 0, path);
        }

        return new Evaluation(expression, text.PositionAt(0), path, isSecret);
    }

    private ExpressionOptions Options(IReadOnlyList<string> variables) => new() { Variables = variables, HostFunctions = _functions, Profile = _definition.Profile };

    private static bool HasSecrets(IEnumerable<FieldDefinition> fields) => fields.Any(f => f.Rules.IsSecret || (f.Fields is { } inner && HasSecrets(inner)));

    /// <summary>A let that a secret field uses is as secret, and so are the lets it uses itself.</summary>
    private HashSet<string> SecretLets()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(_definition.Fields, names);
        for (var i = _definition.Lets.Count - 1; i >= 0; i--)
        {
            if (names.Contains(_definition.Lets[i].Name)) Uses(_definition.Lets[i].Expression, names);
        }

        return names;
    }

    private void Collect(IEnumerable<FieldDefinition> fields, HashSet<string> names)
    {
        foreach (var field in fields)
        {
            if (field is { Rules.IsSecret: true, Text: { } text }) Uses(text, names);
            if (field.Fields is { } inner) Collect(inner, names);
        }
    }

    private void Uses(YamlExpression text, HashSet<string> names)
    {
        var compiled = Expression.Compile(text.Text, Options(_slots.Names), new Findings(), ExpressionOrigin.None);
        if (compiled is not null) names.UnionWith(compiled.Facts.Variables);
    }
}
