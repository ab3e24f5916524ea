using System.Net;
using System.Text;
using Connectors.Sandbox;
using Hub.Core.Journal;
using Hub.Host.Hosting;

namespace Tests.Messaging;

/// <summary>Sagas from an assembly that hub.yaml names, in the program as it is run.</summary>
public sealed class MessagingExtensionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-saga-").FullName;

    public MessagingExtensionTests()
    {
        Write("hub.yaml", $"hub: shop\ndata: data\nextensions: [ \"{typeof(ShopModule).Assembly.Location}\" ]\n");
        Write("systems/shop.yaml", "system: shop\nconnector: messaging\nendpoints:\n  orders: { type: Tests.Messaging.Order }\n");
        Write("systems/oa.yaml", "system: oa\nconnector: sandbox\nendpoints:\n  approvals: { key: title }\n");
    }

    public void Dispose()
    {
        Thread.SetData(ShopModule.Wanted, null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Saga_OfAnExtension_TakesMessagesOverHttpAndSends()
    {
        Thread.SetData(ShopModule.Wanted, "yes");
        await using var hub = await HubHost.StartAsync(new HubHostOptions { ConfigurationFolder = _folder, Address = "http://127.0.0.1:0", Watch = false, Log = false }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = hub.Address };
        using var content = new StringContent("""{"no":"SO-1"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/in/shop/orders", UriKind.Relative), content);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await hub.Engine.WaitForIdleAsync(patience.Token);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("""{"title":"ship SO-1"}""", await client.GetStringAsync(new Uri("/sandbox/oa/approvals/ship SO-1", UriKind.Relative)));
        Assert.Equal(
            [new LedgerRow("shop.orders", 1, 1, 0, 0, 0, 0), new LedgerRow("shop.orders.outbox", 1, 1, 0, 0, 0, 0)],
            await hub.Operations.LedgerAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(null, "systems/shop.yaml:4:3: error SAG861: no saga and no handler is registered for shop.orders")]
    [InlineData("broken", "hub.yaml:3:16: error CFG335: extensions[0]: ")]
    public void Configuration_WhoseModuleDoesNotRegister_IsRefused(string? wanted, string expected)
    {
        Thread.SetData(ShopModule.Wanted, wanted);

        var lines = new HubConfiguration(_folder, null, new SandboxDirectory(), TimeProvider.System).Check().Report.Lines();

        Assert.Contains(lines, line => line.Replace(_folder + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal).StartsWith(expected, StringComparison.Ordinal));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
