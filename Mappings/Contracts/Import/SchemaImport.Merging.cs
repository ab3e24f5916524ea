using Mappings.Contracts.Sources;
using Mappings.Yaml;

namespace Mappings.Contracts.Import;

/// <summary>Limits of values, and shapes that are made of several.</summary>
internal sealed partial class SchemaImport
{
    private void Limits(SchemaNode schema, ContractDraft draft, string path)
    {
        draft.MinItems = schema["minItems"]?.Count;
        draft.MaxItems = schema["maxItems"]?.Count;
        draft.MinLength = schema["minLength"]?.Count;
        draft.MaxLength = schema["maxLength"]?.Count;
        draft.Minimum = schema["minimum"]?.Number;
        draft.Maximum = schema["maximum"]?.Number;
        if (schema["pattern"] is { Text: { } pattern } written)
        {
            var refused = new Diagnostics.Findings();
            if (PatternText.Compile(pattern, whole: false, At(written), path, refused) is { } regex) (draft.Pattern, draft.PatternRegex) = (pattern, regex);
            else Warn("MAP249", written, "pattern", path, ("keyword", $"pattern: {pattern}"));
        }

        if (schema["format"] is { Text: { } format } at)
        {
            draft.Format = format switch { "date" => ContractFormat.Date, "date-time" => ContractFormat.DateTime, _ => ContractFormat.None };

            // Formats of numbers, and names that only tell people what the text is.
            if (draft.Format == ContractFormat.None && (draft.Kinds & ContractKinds.Text) != 0) Warn("MAP249", at, "format", path, ("keyword", $"format: {format}"));
            if ((draft.Kinds & ContractKinds.Text) == 0) draft.Format = ContractFormat.None;
        }

        var values = (schema["enum"]?.Items ?? (schema["const"] is { } only ? [only] : [])).Select(v => v.Constant).ToList();
        if (values.Count > 0 && values.All(v => v is not null)) draft.Enum = [.. values.Select(v => v!.Value).Distinct()];
    }

    private ContractDraft Widened(List<SchemaNode> choices, string keyword, string path, int depth)
    {
        var drafts = choices.ConvertAll(c => Convert(c, path, depth));
        if (drafts.Count == 1) return drafts[0];
        Warn("MAP255", choices[0], keyword, path, ("keyword", keyword), ("count", $"{drafts.Count}"));
        var wide = drafts.Aggregate(Either);
        wide.Comment = $"{keyword}: wide enough for all {drafts.Count}";
        return wide;
    }

    /// <summary>A shape that allows what either allows: members of both, required in both.</summary>
    private static ContractDraft Either(ContractDraft a, ContractDraft b)
    {
        var wide = new ContractDraft
        {
            Kinds = a.Kinds | b.Kinds,
            Title = a.Title == b.Title ? a.Title : null,
            Description = a.Description ?? b.Description,
            AllowsOtherMembers = a.AllowsOtherMembers || b.AllowsOtherMembers,
            Items = a.Items is null || b.Items is null ? a.Items ?? b.Items : Either(a.Items, b.Items),
            Format = a.Format == b.Format ? a.Format : ContractFormat.None,
            Enum = a.Enum is { } left && b.Enum is { } right ? [.. left.Union(right)] : null,
        };
        foreach (var (name, member) in a.Members) wide.Members[name] = b.Members.TryGetValue(name, out var other) ? Either(member, other) : member;
        foreach (var (name, member) in b.Members) wide.Members.TryAdd(name, member);
        wide.Required.UnionWith(a.Required.Intersect(b.Required));
        return wide;
    }

    /// <summary>A shape that must be both; of what the two say differently, the narrower counts.</summary>
    private static void Merge(ContractDraft into, ContractDraft part)
    {
        into.Kinds = (into.Kinds & part.Kinds) is var both and not ContractKinds.None ? both : into.Kinds | part.Kinds;
        into.Title ??= part.Title;
        into.Description ??= part.Description;
        into.Comment ??= part.Comment;
        into.AllowsOtherMembers &= part.AllowsOtherMembers;
        foreach (var (name, member) in part.Members)
        {
            if (into.Members.TryGetValue(name, out var own)) Merge(own, member);
            else into.Members.Add(name, member);
        }

        into.Required.UnionWith(part.Required);
        if (into.Items is { } items && part.Items is { } others) Merge(items, others);
        into.Items ??= part.Items;
        into.MinItems ??= part.MinItems;
        into.MaxItems ??= part.MaxItems;
        into.MinLength ??= part.MinLength;
        into.MaxLength ??= part.MaxLength;
        into.Minimum ??= part.Minimum;
        into.Maximum ??= part.Maximum;
        if (into.Format == ContractFormat.None) into.Format = part.Format;
        (into.Pattern, into.PatternRegex) = into.Pattern is null ? (part.Pattern, part.PatternRegex) : (into.Pattern, into.PatternRegex);
        into.Enum ??= part.Enum;
    }

    private static void AllowNull(ContractDraft draft)
    {
        if (draft.Kinds != ContractKinds.Any) draft.Kinds |= ContractKinds.Null;
        if (draft.Enum is { } values && !values.Exists(v => v.Kind == YamlConstantKind.Null)) values.Add(new YamlConstant(YamlConstantKind.Null, "null"));
    }

    /// <summary>Takes away what does not go with the kinds, and names that are required but nowhere described.</summary>
    private static ContractDraft Fitting(ContractDraft draft)
    {
        var kinds = draft.Kinds;
        if ((kinds & ContractKinds.Object) == 0)
        {
            draft.Members.Clear();
            draft.Required.Clear();
            draft.AllowsOtherMembers = true;
        }

        if (draft.Required.Any(name => !draft.Members.ContainsKey(name)))
        {
            foreach (var name in draft.Required.Where(name => !draft.Members.ContainsKey(name)).Order(StringComparer.Ordinal).ToList()) draft.Members.Add(name, new ContractDraft());
        }

        if ((kinds & ContractKinds.Array) == 0) (draft.Items, draft.MinItems, draft.MaxItems) = (null, null, null);
        if ((kinds & ContractKinds.Text) == 0) (draft.MinLength, draft.MaxLength, draft.Pattern, draft.PatternRegex, draft.Format) = (null, null, null, null, ContractFormat.None);
        if ((kinds & (ContractKinds.Number | ContractKinds.Integer)) == 0) (draft.Minimum, draft.Maximum) = (null, null);
        return draft;
    }
}
