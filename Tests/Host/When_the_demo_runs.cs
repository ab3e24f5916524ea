using System.Diagnostics;
using System.Text.Json;
using Tests.Architecture;

namespace Tests.Host;

public sealed class When_the_demo_runs
{
    [Fact]
    public async Task Should_account_for_every_fact_of_the_example_company()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Hub.Host.Commands.ExitCode).Assembly.Location, "demo", "--json", "--config", Repository.Path("config")])
        {
            RedirectStandardOutput = true,
        })!;
        using var report = await JsonDocument.ParseAsync(process.StandardOutput.BaseStream);
        await process.WaitForExitAsync();

        var root = report.RootElement;
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(0, root.GetProperty("unaccounted").GetInt64());
        Assert.Equal((836, 830, 1, 1, 4), Row("erp-orders-to-crm"));
        Assert.Equal((836, 833, 1, 1, 1), Row("erp-order-lines-to-crm"));
        Assert.Equal((93, 91, 0, 0, 2), Row("erp-customers-to-crm"));
        Assert.Equal((9, 9, 0, 0, 0), Row("erp-employees-to-crm"));

        // Whoever is sent before the manager has arrived is sent once more; five of them have one.
        var people = Row("hr-employees-to-oa");
        Assert.InRange(people.Received, 13, 18);
        Assert.Equal((people.Received - 3, 1, 0, 2), (people.Delivered, people.Filtered, people.Duplicate, people.Dead));
        Assert.Equal((5, 5, 0, 0, 0), Row("hr-departments-to-oa"));
        Assert.Equal((6, 6, 0, 0, 0), Row("bank-payments-to-erp"));
        Assert.Equal((4, 3, 0, 0, 1), Row("crm-contacts-to-oa"));
        Assert.Equal((77, 77, 0, 0, 0), Row("erp-products-to-crm"));
        var crm = root.GetProperty("systems").GetProperty("crm");
        Assert.Equal((91, 9, 830), (crm.GetProperty("accounts").GetInt32(), crm.GetProperty("users").GetInt32(), crm.GetProperty("deals").GetInt32()));

        (long Received, long Delivered, long Filtered, long Duplicate, long Dead) Row(string pipeline)
        {
            var row = root.GetProperty("pipelines").EnumerateArray().Single(line => line.GetProperty("pipeline").GetString() == pipeline);
            long Count(string name) => row.GetProperty(name).GetInt64();
            return (Count("received"), Count("delivered"), Count("filtered"), Count("duplicate"), Count("dead"));
        }
    }
}
