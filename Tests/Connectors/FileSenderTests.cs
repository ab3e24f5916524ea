using Connectors.File;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Layouts;
using Mappings.Yaml;

namespace Tests.Connectors;

public sealed class FileSenderTests : IDisposable
{
    private const int UnixNoSpace = 28;
    private readonly ConnectorSetup _setup = new();
    private readonly FileConnector _connector = new();

    public void Dispose() => _setup.Delete();

    [Theory]
    [InlineData("{id}.json", """{"no":1}""", "0000000000001-0.json")]
    [InlineData("order-{header.no}-{key}-{date}.json", """{"header":{"no":10248}}""", "order-10248-K-1-2024-03-05.json")]
    [InlineData("{name}.json", """{"name":"../../../etc/passwd"}""", "_._.._.._etc_passwd.json")]
    [InlineData("{name}", """{"name":".."}""", "_.")]
    [InlineData("{name}.json", """{"name":"a/b\\c:d*e?f\"g<h>i|j\u0000k\nl"}""", "a_b_c_d_e_f_g_h_i_j_k_l.json")]
    [InlineData("{name}.json", """{"name":"evil\u202Etxt.exe"}""", "evil_txt.exe.json")]
    [InlineData("{name}.json", """{"name":"员工 王芳"}""", "员工 王芳.json")]
    public async Task Send_NameFromTheMessage_StaysOneNameInTheFolder(string template, string body, string expected)
    {
        await SendAsync(ConnectorSetup.Message(body), $"name: \"{template}\"");

        Assert.Equal([expected], Files());
        Assert.Equal(["outbox"], Directory.GetFileSystemEntries(_setup.DataFolder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("{name}.json", "{}", "DLV642")]
    [InlineData("{name}.json", """{"name":""}""", "DLV642")]
    [InlineData("{name}.json", """{"name":"LONG"}""", "DLV643")]
    public async Task Send_NameThatCannotBeMade_IsPermanent(string template, string body, string code)
    {
        var message = ConnectorSetup.Message(body.Replace("LONG", new string('长', 80), StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<PermanentException>(() => SendAsync(message, $"name: \"{template}\""));

        Assert.Equal(code, failure.Finding.Code);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Send_NameTakenByAnotherMessage_IsPermanentAndLeavesTheFile()
    {
        await SendAsync(ConnectorSetup.Message("""{"no":1,"v":"a"}""", "1-0"), "name: \"{no}.json\"");

        var failure = await Assert.ThrowsAsync<PermanentException>(() => SendAsync(ConnectorSetup.Message("""{"no":1,"v":"b"}""", "2-0"), "name: \"{no}.json\""));

        Assert.Equal("outbox/1.json: error DLV644: crm.deals: a file of this name is there with other content", failure.Message);
        Assert.Equal("""{"no":1,"v":"a"}""", File.ReadAllText(Path.Combine(_setup.DataFolder, "outbox", "1.json")));
    }

    [Fact]
    public async Task Send_XmlAndFixed_AreOneWholeFileAMessage()
    {
        var xml = new FormatOptions { Format = MessageFormat.Xml, Record = "/orders/order", Encoding = ConnectorSetup.Encoding("gbk") };
        await SendAsync(ConnectorSetup.Message("""{"_no":1,"客户":"王芳"}""", "1-0"), "name: \"{id}.xml\"", xml);
        await SendAsync(ConnectorSetup.Message("""{"head":{"no":7},"row":[{"name":"Bob"},{"name":"王芳"}]}""", "2-0"), "name: \"{id}.txt\"", Fixed(null));

        Assert.Equal("<?xml version=\"1.0\" encoding=\"gbk\"?>\n<orders><order no=\"1\"><客户>王芳</客户></order></orders>\n", Text("1-0.xml"));
        Assert.Equal("H007  \nRBob  \nR王芳 \n", Text("2-0.txt"));

        string Text(string name) => System.Text.Encoding.GetEncoding("gbk").GetString(File.ReadAllBytes(Path.Combine(_setup.DataFolder, "outbox", name)));
    }

    [Fact]
    public void Open_FormatThatCannotMakeAWholeFile_IsAFinding()
    {
        Assert.Equal("CFG304", Refused(new FormatOptions { Format = MessageFormat.Xml }));
        Assert.Equal("CFG305", Refused(Fixed("row")));
        Assert.Equal("CFG290", Refused(new FormatOptions { Format = MessageFormat.X12 }));

        string Refused(FormatOptions format)
        {
            var endpoint = _setup.Endpoint(_connector, "crm.deals", "path: outbox", format);
            var connection = _connector.Open(_setup.System(_connector, "crm", "{}", endpoint));
            return Assert.Throws<MappingException>(() => connection.OpenSender(endpoint)).Findings[0].Code;
        }
    }

    private static FormatOptions Fixed(string? record)
    {
        const string Layout = "layout: l\nline: { length: 6 }\nrecords:\n  head: { when: { at: 1, is: H }, once: true, fields: { no: { at: 2, length: 3, type: integer } } }\n  row: { when: { at: 1, is: R }, fields: { name: { at: 2, length: 5 } } }\n";
        var findings = new Findings();
        return new FormatOptions { Format = MessageFormat.Fixed, Layout = LayoutFile.Read(YamlFile.Parse("l.yaml", Layout, findings)!, findings), Record = record, Encoding = ConnectorSetup.Encoding("gbk") };
    }

    [Fact]
    public async Task Send_DraftLeftByACrash_IsWrittenAnew()
    {
        Directory.CreateDirectory(Path.Combine(_setup.DataFolder, "outbox"));
        File.WriteAllText(Path.Combine(_setup.DataFolder, "outbox", ".1-0.1-0.json.part"), "half of a longer bo");

        await SendAsync(ConnectorSetup.Message("""{"no":1}""", "1-0"));

        Assert.Equal(["1-0.json"], Files());
        Assert.Equal("""{"no":1}""", File.ReadAllText(Path.Combine(_setup.DataFolder, "outbox", "1-0.json")));
    }

    [Fact]
    public async Task Send_CsvEndpoint_WritesHeaderAndRow()
    {
        await SendAsync(ConnectorSetup.Message("""{"no":"SO-1","remark":"a, \"b\""}"""), "name: \"{id}.csv\"", new FormatOptions { Format = MessageFormat.Csv });

        Assert.Equal("no,remark\r\nSO-1,\"a, \"\"b\"\"\"", File.ReadAllText(Path.Combine(_setup.DataFolder, "outbox", Assert.Single(Files()))).TrimEnd());
    }

    [Fact]
    public void Write_FullDisk_IsTransientAndSaysSo()
    {
        var failure = FileFaults.Write(new IOException("No space left on device : '/srv/hub/outbox/1.json'", UnixNoSpace), "outbox/1.json");

        Assert.Equal("outbox/1.json: error DLV641: the file cannot be written, the disk is full", failure.Message);
    }

    [Theory]
    [InlineData("../{id}.json")]
    [InlineData("sub/{id}.json")]
    [InlineData(".{id}.json")]
    [InlineData("{id.json")]
    public void Open_NameThatIsNoFileName_IsAFinding(string template)
    {
        var endpoint = _setup.Endpoint(_connector, "crm.deals", $"path: outbox\nname: \"{template}\"");

        var refused = Assert.Throws<MappingException>(() => _connector.Open(_setup.System(_connector, "crm", "{}", endpoint)));

        Assert.Equal("systems/crm.deals.yaml:2:8: error CFG291: name: this is no template of a file name", Assert.Single(refused.Findings).ToString());
    }

    private async Task SendAsync(OutgoingMessage message, string settings = "", FormatOptions? format = null)
    {
        var endpoint = _setup.Endpoint(_connector, "crm.deals", "path: outbox\n" + settings, format);
        await using var system = _connector.Open(_setup.System(_connector, "crm", "{}", endpoint));
        await system.OpenSender(endpoint).SendAsync(message, CancellationToken.None);
    }

    private string[] Files()
    {
        var folder = Path.Combine(_setup.DataFolder, "outbox");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Select(Path.GetFileName)!] : [];
    }
}
