using System.Globalization;
using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>
/// Checks YAML against specs: closed key sets, required keys, kinds. All that is wrong is reported, each finding with
/// its place, what was found, and what to write.
/// </summary>
public sealed class SpecReader
{
    private const string Hidden = "***";
    private readonly Findings _findings;
    private readonly IReferenceSource? _references;
    private readonly List<SpecItem> _names = [];

    private SpecReader(Findings findings, IReferenceSource? references)
    {
        _findings = findings;
        _references = references;
    }

    /// <param name="references">Gives the values of <c>${…}</c>; null leaves such texts as they are.</param>
    /// <param name="path">Path of the node in its file, the start of the paths in findings.</param>
    /// <param name="names">Takes the values of kind <see cref="FieldKind.Reference"/>, also when there are errors elsewhere; null when they are not wanted.</param>
    /// <returns>The checked value; null when there was an error, which then is in <paramref name="findings"/>.</returns>
    public static SpecValue? Read(YamlNode node, ObjectSpec spec, Findings findings, IReferenceSource? references = null, string path = "", ICollection<SpecItem>? names = null)
    {
        var own = new Findings();
        var reader = new SpecReader(own, references);
        var value = reader.Object(node, spec, path, secret: false);
        findings.AddRange(own);
        foreach (var name in reader._names) names?.Add(name);
        return own.HasErrors ? null : value;
    }

    /// <summary>As <see cref="Read"/>, for a value that is not a mapping with fields.</summary>
    /// <param name="example">What to write, for the findings.</param>
    public static SpecItem? ReadItem(YamlNode node, FieldType type, string example, Findings findings, IReferenceSource? references = null, string path = "")
    {
        var own = new Findings();
        var item = new SpecReader(own, references).Item(node, type, secret: false, path, example);
        findings.AddRange(own);
        return own.HasErrors ? null : item;
    }

    private SpecValue? Object(YamlNode node, ObjectSpec spec, string path, bool secret)
    {
        if (node is not YamlMapping mapping)
        {
            if (spec.ShortField is not { } field || node is YamlScalar { IsEmpty: true }) return Refuse<SpecValue>("YML124", node, path, spec.Example);
            mapping = new YamlMapping(node.Position, []);
            var shortItem = Item(node, field.Type, secret || field.IsSecret, path, field.Example);
            if (shortItem is null) return null;
            return Complete(spec, node, path, new(StringComparer.Ordinal) { [field.Name] = shortItem });
        }

        var items = new Dictionary<string, SpecItem>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            if (spec.Field(entry.Key) is not { } field)
            {
                UnknownKey(entry.KeyNode, path, spec);
                continue;
            }

            var item = Item(entry.Value, field.Type, secret || field.IsSecret, Join(path, entry.Key), field.Example, entry.KeyNode.Position);
            if (item is not null) items.Add(entry.Key, item);
        }

        foreach (var field in spec.Fields)
        {
            if (field.IsRequired && mapping.Entry(field.Name) is null)
                _findings.Error("YML126", node.Position, path, ("key", field.Name), ("owner", spec.Name), ("example", field.Example));
        }

        return Complete(spec, node, path, items);
    }

    private SpecValue Complete(ObjectSpec spec, YamlNode node, string path, Dictionary<string, SpecItem> given)
    {
        var items = new OrderedDictionary<string, SpecItem>(StringComparer.Ordinal);
        foreach (var field in spec.Fields)
        {
            if (given.TryGetValue(field.Name, out var item)) items.Add(field.Name, item);
            else if (field.Default is { } text) items.Add(field.Name, Default(spec, field, text, node, path));
        }

        return new SpecValue(spec, node, path, items, [.. given.Keys]);
    }

    private static SpecItem Default(ObjectSpec spec, FieldSpec field, string text, YamlNode owner, string path)
    {
        var findings = new Findings();
        var node = YamlFile.Parse(owner.Position.File, text, findings);
        var item = node is null ? null : new SpecReader(findings, null).Item(node, field.Type, field.IsSecret, Join(path, field.Name), field.Example);
        if (item is null || findings.HasErrors)
            throw new InvalidOperationException($"The default of {spec.Name}.{field.Name} is not of its kind: {string.Join("; ", findings)}");
        return item.StandingAt(owner.Position);
    }

    private SpecItem? Item(YamlNode node, FieldType type, bool secret, string path, string example, SourcePosition? keyAt = null)
    {
        var at = keyAt ?? node.Position;
        SpecItem Done(object? value, YamlNode written, bool hidden) => new(type, value, written, path, hidden) { KeyAt = at };
        switch (type.Kind)
        {
            case FieldKind.Object:
                return Object(node, type.ObjectSpec!, path, secret) is { } inner ? Done(inner, node, secret) : null;
            case FieldKind.List:
                return List(node, type, secret, path, example) is { } list ? Done(list, node, secret) : null;
            case FieldKind.MapOf:
                return Map(node, type, secret, path, example) is { } map ? Done(map, node, secret) : null;
            case FieldKind.Any:
                var any = _references is null || type.IsAsWritten ? node : YamlReferences.ResolveAll(node, _references, _findings, path);
                return Done(any, any, secret);
            case FieldKind.Either:
                return Either(node, type, secret, path, example, at);
            default:
                if (Resolve(node, type, secret, path) is not { } resolved) return null;
                if (Scalar(resolved, type, secret, path, example) is not { } value) return null;
                var item = Done(value, resolved, secret || resolved is YamlScalar { IsReferenced: true });
                if (type.Kind == FieldKind.Reference) _names.Add(item);
                return item;
        }
    }

    private YamlNode? Resolve(YamlNode node, FieldType type, bool secret, string path) =>
        node is YamlScalar scalar && _references is not null && type.Kind != FieldKind.Expression
            ? YamlReferences.Resolve(scalar, _references, _findings, path, secret)
            : node;

    private object? Scalar(YamlNode node, FieldType type, bool secret, string path, string example)
    {
        if (node is not YamlScalar scalar) return Refuse<object>("YML123", node, path, example);
        if (scalar.IsEmpty && type.Kind != FieldKind.Scalar) return Refuse<object>("YML127", node, path, example);
        var found = secret || scalar.IsReferenced ? Hidden : scalar.Value;
        var (check, code) = ScalarChecks.ByKind[type.Kind];
        if (check(scalar, type) is not { } value) return Wrong(scalar, type, code, found, path, example);
        // With "= " in front the reader of the file has looked already.
        if (value is YamlExpression { Start: 0 }) YamlSyntax.CheckExpression(scalar, _findings, path);
        if (type.Kind == FieldKind.Scalar && scalar.IsPlain && IsOldBoolean(scalar.Value)) _findings.Warning("YML150", scalar.Position, path, ("found", found));
        if (value is long or decimal && type.Kind is FieldKind.Integer or FieldKind.Decimal)
        {
            var number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            if (number < type.Minimum) return Range("YML142", scalar, found, path, type.Minimum.Value);
            if (number > type.Maximum) return Range("YML143", scalar, found, path, type.Maximum.Value);
        }

        return value;
    }

    private object? Wrong(YamlScalar scalar, FieldType type, string code, string found, string path, string example)
    {
        var suggestion = string.Empty;
        if (type.Kind == FieldKind.Boolean && IsOldBoolean(scalar.Value))
        {
            code = "YML128";
            suggestion = scalar.Value.ToUpperInvariant() is "YES" or "ON" or "Y" or "TRUE" ? "true" : "false";
        }
        else if (type.Kind == FieldKind.OneOf && found != Hidden && NameSuggestion.Closest(scalar.Value, type.Values) is { } near)
        {
            code = "YML140";
            suggestion = near;
        }

        Report(code, scalar, found != Hidden, path, ("found", found), ("example", example), ("suggestion", suggestion), ("known", string.Join(", ", type.Values)));
        return null;
    }

    private object? Range(string code, YamlScalar scalar, string found, string path, decimal limit)
    {
        _findings.Error(code, scalar.Position, path, ("found", found), ("limit", limit.ToString(CultureInfo.InvariantCulture)));
        return null;
    }

    private List<SpecItem>? List(YamlNode node, FieldType type, bool secret, string path, string example)
    {
        if (node is not YamlSequence sequence)
        {
            if (!type.AllowsSingle || node is YamlScalar { IsEmpty: true }) return Refuse<List<SpecItem>>("YML125", node, path, example);
            return Item(node, type.Item!, secret, path, example) is { } single ? [single] : null;
        }

        var items = new List<SpecItem>();
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (Item(sequence.Items[i], type.Item!, secret, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), example) is { } item) items.Add(item);
        }

        if (sequence.Items.Count >= (type.Minimum ?? 0)) return items;
        _findings.Error("YML129", node.Position, path, ("minimum", type.Minimum!.Value.ToString(CultureInfo.InvariantCulture)), ("example", example));
        return null;
    }

    private OrderedDictionary<string, SpecItem>? Map(YamlNode node, FieldType type, bool secret, string path, string example)
    {
        if (node is not YamlMapping mapping) return Refuse<OrderedDictionary<string, SpecItem>>("YML124", node, path, example);
        var map = new OrderedDictionary<string, SpecItem>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            if (Item(entry.Value, type.Item!, secret, Join(path, entry.Key), example, entry.KeyNode.Position) is { } item) map.Add(entry.Key, item);
        }

        return map;
    }

    private SpecItem? Either(YamlNode node, FieldType type, bool secret, string path, string example, SourcePosition keyAt)
    {
        SpecReader? first = null;
        foreach (var alternative in type.Alternatives)
        {
            if (!Fits(node, alternative)) continue;
            var attempt = new SpecReader([], _references);
            var item = attempt.Item(node, alternative, secret, path, example, keyAt);
            if (item is not null && !attempt._findings.HasErrors)
            {
                _findings.AddRange(attempt._findings);
                _names.AddRange(attempt._names);
                return item;
            }

            first ??= attempt;
        }

        if (first is null) return Refuse<SpecItem>("YML149", node, path, example);
        _findings.AddRange(first._findings);
        return null;
    }

    private static bool Fits(YamlNode node, FieldType type) => type.Kind switch
    {
        FieldKind.Any => true,
        FieldKind.Either => type.Alternatives.Any(a => Fits(node, a)),
        FieldKind.MapOf => node is YamlMapping,
        FieldKind.List => node is YamlSequence || (type.AllowsSingle && Fits(node, type.Item!)),
        FieldKind.Object => node is YamlMapping || (type.ObjectSpec!.ShortField is { } field && Fits(node, field.Type)),
        _ => node is YamlScalar,
    };

    private void UnknownKey(YamlScalar key, string path, ObjectSpec spec)
    {
        var names = spec.Fields.Select(f => f.Name);
        var near = NameSuggestion.Closest(key.Value, names);
        Report(near is null ? "YML108" : "YML103", key, true, path, ("key", key.Value), ("owner", spec.Name), ("suggestion", near ?? string.Empty), ("known", string.Join(", ", names)));
    }

    private T? Refuse<T>(string code, YamlNode node, string path, string example)
        where T : class
    {
        _findings.Error(code, node.Position, path, ("example", example));
        return null;
    }

    /// <summary>Marks the whole text, but not the length of a hidden one.</summary>
    private void Report(string code, YamlScalar scalar, bool isShown, string path, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var isOneLine = !scalar.IsBlock && !scalar.Value.Contains('\n', StringComparison.Ordinal);
        _findings.Add(Finding.Error(code, scalar.Position, path, arguments) with { Length = isShown && isOneLine ? scalar.Value.Length : 0 });
    }

    private static bool IsOldBoolean(string text) =>
        text.ToUpperInvariant() is "YES" or "NO" or "ON" or "OFF" or "Y" or "N" || (text is not ("true" or "false") && text.ToUpperInvariant() is "TRUE" or "FALSE");

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
