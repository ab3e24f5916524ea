using Connectors.Sandbox;
using Specs.Driver;
using TechTalk.SpecFlow;

namespace Specs.Steps;

[Binding]
public sealed class RecordSteps(CompanyDriver company)
{
    private const int KeysShown = 20;

    [StepDefinition(EnglishPhrases.HoldsRecordWith)]
    [StepDefinition(ChinesePhrases.HoldsRecordWith)]
    public void HoldsRecordWith(string endpoint, string key, Table fields)
    {
        var record = Record(endpoint, key);
        var wrong = new List<string>();
        foreach (var (field, expected) in FieldTable.Read(fields))
        {
            var found = RecordFields.Find(record.Body, field);
            if (found is null) wrong.Add($"{field} is not there instead of {expected}");
            else if (found != expected) wrong.Add($"{field} is {found} instead of {expected}");
        }

        if (wrong.Count > 0) Assert.Fail($"{endpoint} {key}: {string.Join("; ", wrong)}. The record:\n{RecordFields.Show(record.Body)}");
    }

    [StepDefinition(EnglishPhrases.HoldsRecord)]
    [StepDefinition(ChinesePhrases.HoldsRecord)]
    public void HoldsRecord(string endpoint, string key) => Record(endpoint, key);

    [StepDefinition(EnglishPhrases.HoldsRecordWithoutField)]
    [StepDefinition(ChinesePhrases.HoldsRecordWithoutField)]
    public void HoldsRecordWithoutField(string endpoint, string key, string field)
    {
        var record = Record(endpoint, key);
        if (RecordFields.Find(record.Body, field) is { } found) Assert.Fail($"{endpoint} {key} has {field}: {found}. The record:\n{RecordFields.Show(record.Body)}");
    }

    [StepDefinition(EnglishPhrases.LacksRecord)]
    [StepDefinition(ChinesePhrases.LacksRecord)]
    public void LacksRecord(string endpoint, string key)
    {
        if (company.Systems.Collection(endpoint).TryGet(key, out var record)) Assert.Fail($"{endpoint} holds {key}:\n{RecordFields.Show(record.Body)}");
    }

    [StepDefinition(EnglishPhrases.HoldsRecords)]
    [StepDefinition(ChinesePhrases.HoldsRecords)]
    public void HoldsRecords(string endpoint, int count)
    {
        var collection = company.Systems.Collection(endpoint);
        if (collection.Count != count) Assert.Fail($"{endpoint} holds {collection.Count} records instead of {count}: {Keys(collection)}");
    }

    [StepDefinition(EnglishPhrases.HoldsNothing)]
    [StepDefinition(ChinesePhrases.HoldsNothing)]
    public void HoldsNothing(string endpoint) => HoldsRecords(endpoint, 0);

    [StepDefinition(EnglishPhrases.WasWritten)]
    [StepDefinition(ChinesePhrases.WasWritten)]
    public void WasWritten(string endpoint, int times)
    {
        var collection = company.Systems.Collection(endpoint);
        if (collection.Delivered != times)
            Assert.Fail($"{endpoint} was written {collection.Delivered} times instead of {times} ({collection.Repeated} repeats had no effect); it holds {Keys(collection)}");
    }

    private static string Keys(SandboxCollection collection)
    {
        var keys = collection.All().Select(r => r.Key).ToArray();
        if (keys.Length == 0) return "nothing";
        return string.Join(", ", keys.Take(KeysShown)) + (keys.Length > KeysShown ? $" and {keys.Length - KeysShown} more" : string.Empty);
    }

    private SandboxRecord Record(string endpoint, string key)
    {
        var collection = company.Systems.Collection(endpoint);
        if (!collection.TryGet(key, out var record)) Assert.Fail($"{endpoint} does not hold {key}; it holds {Keys(collection)}");
        return record;
    }
}
