using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Operations;
using Hub.Host.Hosting;
using Tests.Architecture;

namespace Tests.Host;

/// <summary>The example company in this process, its bank and its HR system writing files into folders.</summary>
public sealed class When_files_come_from_a_bank_and_from_hr : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-files-");
    private HubHost _hub = null!;

    static When_files_come_from_a_bank_and_from_hr() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static Encoding Gb18030 => Encoding.GetEncoding("gb18030");

    public async Task InitializeAsync()
    {
        var config = Path.Combine(_folder.FullName, "config");
        foreach (var file in Directory.EnumerateFiles(Repository.Path("config"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(config, Path.GetRelativePath(Repository.Path("config"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Write("systems/bank-b2.yaml", "system: bank-b2\nconnector: file\nendpoints:\n  accounts: { path: bank/accounts, poll: 100ms, stable: 0ms, format: csv }\n  payments: { path: bank/payments, poll: 100ms, stable: 0ms, format: fixed, layout: bank-b2, encoding: gb18030, record: detail }\n");
        Write("systems/hr.yaml", "system: hr\nconnector: file\nendpoints:\n  departments: { path: hr/departments, poll: 100ms, stable: 0ms, format: csv, encoding: gbk }\n  employees: { path: hr/employees, poll: 100ms, stable: 0ms, format: xml, encoding: gbk, record: /员工列表/员工 }\n");
        _hub = await HubHost.StartAsync(
            new HubHostOptions { ConfigurationFolder = config, DataFolder = Path.Combine(_folder.FullName, "data"), Address = "http://127.0.0.1:0", Watch = false, Log = false }, default);
        using var patience = new CancellationTokenSource(Patience);
        await _hub.Sandboxes.PublishedAsync(patience.Token);
    }

    public async Task DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_book_every_payment_of_a_right_file()
    {
        Drop("bank/accounts", "accounts.csv", Sample("bank-b2-accounts.csv"));
        Drop("bank/payments", "day.txt", Sample("bank-b2.txt"));

        await MovedAsync("bank/payments", ".done", "day.txt");
        await _hub.Engine.WaitForIdleAsync(new CancellationTokenSource(Patience).Token);

        var payments = _hub.Sandboxes.Find("erp")!.Find("payments")!;
        Assert.Equal(6, payments.Count);
        Assert.True(payments.TryGet("B2-20241105-000004", out var payment));
        Assert.Equal(
            """{"bankRef":"B2-20241105-000004","direction":"in","amount":4580.50,"currency":"CNY","valueDate":"2024-11-05","payerName":"深圳市龙岗区㛃玉贸易商行","bankAccount":"B2-33445","invoiceNo":"INV20241007"}""",
            Encoding.UTF8.GetString(payment.Body.Span));
    }

    [Fact]
    public async Task Should_send_nothing_of_a_file_whose_total_is_wrong()
    {
        var lines = Gb18030.GetString(Sample("bank-b2.txt")).Replace("101738549", "101743549", StringComparison.Ordinal);
        Drop("bank/payments", "day.txt", Gb18030.GetBytes(lines));

        await MovedAsync("bank/payments", ".failed", "day.txt");

        var explanation = await OnlyMessageAsync();
        Assert.Equal(MessageState.Dead, explanation.State);
        Assert.Equal(
            ["DAT377: nothing of the file was sent: a check on the whole file is not met", "DAT350: file check \"trailer total\": 1,017,385.49 is not 1,017,435.49 (difference -50.00); nothing was sent"],
            explanation.Findings.Select(f => $"{f.Code}: {f.Text}"));
        Assert.Contains("上海华光电子有限公司", explanation.Original!, StringComparison.Ordinal);
        Assert.Equal(0, _hub.Sandboxes.Find("erp")!.Find("payments")!.Count);
    }

    [Fact]
    public async Task Should_send_nothing_of_a_file_with_a_bad_record()
    {
        var lines = Gb18030.GetString(Sample("bank-b2.txt")).Replace("0000000268", "00000002A8", StringComparison.Ordinal);
        Drop("bank/payments", "day.txt", Gb18030.GetBytes(lines));

        await MovedAsync("bank/payments", ".failed", "day.txt");

        var explanation = await OnlyMessageAsync();
        Assert.Equal("nothing of the file was sent: 1 of 2 records cannot be mapped or read", explanation.Findings[0].Text);
        Assert.StartsWith("bank/payments/day.txt:3:56", explanation.Findings[1].At, StringComparison.Ordinal);
        Assert.Equal(0, _hub.Sandboxes.Find("erp")!.Find("payments")!.Count);
    }

    [Fact]
    public async Task Should_bring_the_people_of_a_gbk_file_into_the_oa()
    {
        Drop("hr/employees", "people.xml", Sample("hr-employees.xml"));
        await MovedAsync("hr/employees", ".done", "people.xml");
        using var patience = new CancellationTokenSource(Patience);
        while ((await _hub.Operations.StatusAsync(patience.Token)).Held < 10) patience.Token.ThrowIfCancellationRequested();

        Drop("hr/departments", "departments.csv", Sample("hr-departments.csv"));
        await MovedAsync("hr/departments", ".done", "departments.csv");
        await _hub.Engine.WaitForIdleAsync(new CancellationTokenSource(Patience).Token);

        var people = _hub.Sandboxes.Find("oa")!.Find("people")!;
        Assert.Equal(10, people.Count);
        Assert.True(people.TryGet("E1002", out var person));
        var text = Encoding.UTF8.GetString(person.Body.Span);
        Assert.Contains("\"fullName\":\"李强\"", text, StringComparison.Ordinal);
        Assert.Contains("\"departmentId\":\"DEPT-D01\"", text, StringComparison.Ordinal);
        Assert.Contains("\"managerId\":\"E1001\"", text, StringComparison.Ordinal);
        var ledger = (await _hub.Operations.LedgerAsync(default)).Single(row => row.Pipeline == "hr-employees-to-oa");
        Assert.Equal((1, 2, 0, 0), (ledger.Filtered, ledger.Dead, ledger.InFlight, ledger.Unaccounted));
    }

    private static byte[] Sample(string name) => File.ReadAllBytes(Repository.Path("config", "samples", name));

    private async Task<MessageExplanation> OnlyMessageAsync()
    {
        var line = Assert.Single(await _hub.Operations.MessagesAsync(new MessageQuery { Pipeline = "bank-payments-to-erp" }, default));
        Assert.True(MessageId.TryParse(line.Id, out var id));
        return (await _hub.Operations.ExplainAsync(id, default))!;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, "config", name), text);

    /// <summary>As a system puts a file down: under another name first.</summary>
    private void Drop(string folder, string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, "data", folder);
        Directory.CreateDirectory(path);
        File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);
        File.Move(Path.Combine(_folder.FullName, name), Path.Combine(path, name));
    }

    private async Task MovedAsync(string folder, string into, string name)
    {
        var path = Path.Combine(_folder.FullName, "data", folder, into);
        using var patience = new CancellationTokenSource(Patience);
        while (!Directory.Exists(path) || !Directory.EnumerateFiles(path).Any(file => Path.GetFileName(file).Contains(Path.GetFileNameWithoutExtension(name), StringComparison.Ordinal)))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
