using System.Text;
using Connectors.Sandbox;

namespace Tests.Connectors;

public sealed class SandboxCollectionTests
{
    private readonly SandboxCollection _accounts = new("accounts", "code");

    [Fact]
    public void Upsert_SameKey_ReplacesTheRecordAndCountsItsVersion()
    {
        Assert.Equal(SandboxWrite.Created, Put("A", """{"code":"A","v":1}""", "k1"));
        Assert.Equal(SandboxWrite.Updated, Put("A", """{"code":"A","v":2}""", "k2"));

        Assert.True(_accounts.TryGet("A", out var record));
        Assert.Equal((2, "k2", """{"code":"A","v":2}"""), (record.Version, record.IdempotencyKey, Encoding.UTF8.GetString(record.Body.Span)));
    }

    [Fact]
    public void Upsert_KeyAppliedBefore_HasNoEffectAndIsCounted()
    {
        Put("A", """{"code":"A","v":1}""", "k1");
        Put("A", """{"code":"A","v":2}""", "k2");

        Assert.Equal(SandboxWrite.Repeated, Put("A", """{"code":"A","v":1}""", "k1"));

        Assert.True(_accounts.TryGet("A", out var record));
        Assert.Equal((2, 1L), (record.Version, _accounts.Repeated));
    }

    [Fact]
    public void Upsert_MoreKeysThanRemembered_ForgetsTheOldest()
    {
        for (var i = 0; i <= SandboxCollection.RememberedKeys; i++) Put("A", "{}", $"k{i}");

        Assert.Equal(SandboxWrite.Repeated, Put("A", "{}", "k1"));
        Assert.Equal(SandboxWrite.Updated, Put("A", "{}", "k0"));
    }

    [Fact]
    public void Find_AfterWritesAndRemovals_SeesWhatIsThere()
    {
        Put("A", """{"code":"A","city":"Reims","size":1.50}""", null);
        Put("B", """{"code":"B","city":"Reims","size":2}""", null);
        Put("C", """{"code":"C","size":1.50}""", null);
        Assert.Equal("A B", Keys(("city", "Reims")));

        Put("B", """{"code":"B","city":"Lyon","size":2}""", null);
        Put("D", """{"code":"D","city":"Reims","size":1.50}""", null);
        _accounts.Remove("A");

        Assert.Equal("D", Keys(("city", "Reims")));
        Assert.Equal("B", Keys(("city", "Lyon")));
        Assert.Equal("D", Keys(("size", "1.50"), ("city", "Reims")));
        Assert.Equal("C D", Keys(("size", "1.50")));
        Assert.Equal("", Keys(("nothing", "x")));
    }

    [Fact]
    public void Find_ValuesThatJoinAlike_AreToldApart()
    {
        Put("A", """{"code":"A","x":"1:2","y":"3"}""", null);
        Put("B", """{"code":"B","x":"1","y":"2:3"}""", null);

        Assert.Equal("A", Keys(("x", "1:2"), ("y", "3")));
    }

    private SandboxWrite Put(string key, string body, string? idempotencyKey) => _accounts.Upsert(key, Encoding.UTF8.GetBytes(body), idempotencyKey);

    private string Keys(params (string Field, string Value)[] where) =>
        string.Join(' ', _accounts.Find([.. where.Select(w => KeyValuePair.Create(w.Field, w.Value))]).Select(r => r.Key));
}
