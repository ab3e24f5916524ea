using Mappings.Diagnostics;
using Xunit;

namespace Tests.Configuration;

/// <summary>Wrong configurations and exactly what is printed for each: the example company with one file changed.</summary>
public sealed class WrongConfigurationTests
{
    private const string Crm = "system: crm\nconnector: web\naddress: http://a\nendpoints: { deals: /deals }\n";
    private const string Pipeline = "pipeline: erp-orders-to-crm\nfrom: erp.orders\nkey: header.orderNo\nsteps:\n";

    public static TheoryData<string, string, string?, string[]> Files { get; } = new()
    {
        { "no hub.yaml", "hub.yaml", null, ["hub.yaml: error CFG201: hub.yaml is missing"] },
        { "no pipeline", "pipelines/erp-orders-to-crm.yaml", null, ["pipelines: error CFG206: there is no pipeline"] },
        { "misspelt file", "hubb.yaml", "a: 1", ["hubb.yaml: warning CFG202: the hub does not read \"hubb.yaml\"; did you mean \"hub.yaml\"?"] },
        { "misspelt folder", "system/x.yaml", "a: 1", ["system/: warning CFG202: the hub does not read \"system/\"; did you mean \"systems/\"?"] },
        { "unknown file", "notes.txt", "a", ["notes.txt: warning CFG203: the hub does not read \"notes.txt\""] },
        { "wrong ending", "systems/oa.yml", "system: oa", ["systems/oa.yml: warning CFG204: the hub does not read this file; the name must end in .yaml"] },
        { "file name with a space", "systems/my crm.yaml", "system: x\n", ["systems/my crm.yaml: error CFG219: the file name \"my crm\" is not a name"] },
        { "address from the environment", "hub.yaml", "hub: x\ningress: { address: \"${CRM_HOST}\" }\n", ["hub.yaml:2:22: error CFG230: ingress.address: \"***\" is not an address to listen on"] },
        { "endpoint from the environment", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - send: a.${CRM_NAME}\n", ["pipelines/erp-orders-to-crm.yaml:5:11: error CFG210: steps[0].send: there is no endpoint \"***\""] },
        { "two names", "systems/crm.yaml", Crm.Replace("system: crm", "system: crn", StringComparison.Ordinal), ["systems/crm.yaml:1:9: error CFG205: system is called \"crn\" here and \"crm\" by the name of the file"] },
        { "same name twice", "lookups/uom.csv", "a,b", ["lookups/uom.yaml: error CFG214: lookup \"uom\" is already defined in lookups/uom.csv"] },
        { "unknown key", "hub.yaml", "hub: x\nstor: {}\n", ["hub.yaml:2:1: error YML103: unknown key \"stor\" in hub.yaml; did you mean \"store\"?"] },
        { "not YAML", "hub.yaml", "hub: x\n\tstore: {}\n", ["hub.yaml:2:1: error YML105: tab used for indentation"] },
        { "key in clear", "hub.yaml", "hub: x\noperations: { key_sha256: letmein }\n", ["hub.yaml:2:27: error CFG231: operations.key_sha256: this is not a SHA-256"] },
        { "journal in two places", "hub.yaml", "hub: x\nstore: { file: hub.db, postgresql: { connection: Host=h;Database=d } }\n", ["hub.yaml:2:36: error CFG360: store.postgresql: the journal is kept in a file or in a database, not in both"] },
        { "connection without a database", "hub.yaml", "hub: x\nstore: { postgresql: { connection: Host=h;Password=geheim } }\n", ["hub.yaml:2:36: error CFG361: store.postgresql.connection: this does not say to which database to connect"] },
        { "schema of the server", "hub.yaml", "hub: x\nstore: { postgresql: { connection: postgresql://u@h/d, schema: pg_hub } }\n", ["hub.yaml:2:64: error CFG362: store.postgresql.schema: \"pg_hub\" is not the name of a schema"] },
        { "open to everybody", "hub.yaml", "hub: x\ningress: { address: \"http://0.0.0.0:8080\" }\n", ["hub.yaml:2:22: error CFG234: ingress.address: \"http://0.0.0.0:8080\" can be reached from outside, and nobody needs a key to operate the hub"] },
        { "no address", "hub.yaml", "hub: x\ningress: { address: 8080 }\n", ["hub.yaml:2:21: error CFG230: ingress.address: \"8080\" is not an address to listen on"] },
        { "body above document", "hub.yaml", "hub: x\ningress: { max_body: 1GB }\n", ["hub.yaml:2:22: error CFG232: ingress.max_body: max_body is larger than limits.document, so such a message could be accepted and not be read"] },
        { "dead letters kept short", "hub.yaml", "hub: x\nretention: { dead: 1d }\n", ["hub.yaml:2:20: error CFG233: retention.dead: dead letters must be kept at least as long as settled messages"] },
        { "no connector", "systems/crm.yaml", "system: crm\n", ["systems/crm.yaml:1:1: error YML126: \"connector\" is missing in system"] },
        { "unknown connector", "systems/crm.yaml", Crm.Replace("web", "wbe", StringComparison.Ordinal), ["systems/crm.yaml:2:12: error CFG209: connector: there is no connector \"wbe\"; did you mean \"web\"?"] },
        { "connector far from all", "systems/crm.yaml", Crm.Replace("web", "salesforce", StringComparison.Ordinal), ["systems/crm.yaml:2:12: error CFG210: connector: there is no connector \"salesforce\""] },
        { "missing field of the connector", "systems/crm.yaml", "system: crm\nconnector: web\nendpoints: { deals: /d }\n", ["systems/crm.yaml:1:1: error YML126: \"address\" is missing in system"] },
        { "field of an endpoint", "systems/crm.yaml", Crm.Replace("/deals", "{ pth: /d }", StringComparison.Ordinal), ["systems/crm.yaml:4:21: error YML126: endpoints.deals: \"path\" is missing in endpoint", "systems/crm.yaml:4:23: error YML103: endpoints.deals: unknown key \"pth\" in endpoint; did you mean \"path\"?"] },
        { "endpoint with a space", "systems/crm.yaml", Crm.Replace("{ deals: /deals }", "{ deals: /d, my deals: /e }", StringComparison.Ordinal), ["systems/crm.yaml:4:25: error YML131: endpoints: \"my deals\" is not a name"] },
        { "waits descend", "systems/crm.yaml", Crm + "retry: { delayed: [ 1m, 10s ] }\n", ["systems/crm.yaml:5:19: error CFG220: retry.delayed: the waits must be above zero and ascend"] },
        { "jitter above all", "systems/crm.yaml", Crm + "retry: { jitter: 150% }\n", ["systems/crm.yaml:5:18: error CFG222: retry.jitter: jitter must be between 0% and 100%"] },
        { "no concurrency", "systems/crm.yaml", Crm + "limits: { concurrency: 0 }\n", ["systems/crm.yaml:5:24: error YML142: limits.concurrency: 0 is too small; the least is 1"] },
        { "no time", "systems/crm.yaml", Crm + "limits: { timeout: 0s }\nbreaker: { open: 0s }\n", ["systems/crm.yaml:5:20: error CFG223: limits.timeout: the time must be above zero", "systems/crm.yaml:6:18: error CFG223: breaker.open: the time must be above zero"] },
        { "variable not set", "systems/crm.yaml", Crm.Replace("http://a", "http://${CRM_HOTS}/", StringComparison.Ordinal), ["systems/crm.yaml:3:17: error YML145: address: the environment variable CRM_HOTS is not set"] },
        { "secret not there", "systems/crm.yaml", Crm + "password: ${file:/run/none}\n", ["systems/crm.yaml:5:11: error YML146: password: the file /run/none cannot be read"] },
        { "unknown contract", "systems/erp.yaml", "system: erp\nconnector: sandbox\nendpoints:\n  orders: { contract: erp-ordr }\n", ["systems/erp.yaml:4:23: error CFG209: endpoints.orders.contract: there is no contract \"erp-ordr\"; did you mean \"erp-order\"?"] },
        { "contract without its name", "contracts/erp-order.yaml", "type: object\n", ["contracts/erp-order.yaml:1:1: error YML126: \"contract\" is missing in contract"] },
        { "mapping that is a list", "mappings/erp-order-to-crm-deal.yaml", "- a\n", ["mappings/erp-order-to-crm-deal.yaml:1:1: error YML124: a mapping is expected here"] },
        { "unknown source", "pipelines/erp-orders-to-crm.yaml", "pipeline: erp-orders-to-crm\nfrom: erp.order\nsteps: [ { send: crm.deals } ]\n", ["pipelines/erp-orders-to-crm.yaml:2:7: error CFG209: from: there is no endpoint \"erp.order\"; did you mean \"erp.orders\"?"] },
        { "unknown target", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - send: [ crm.deals, oa.tasks ]\n", ["pipelines/erp-orders-to-crm.yaml:5:24: error CFG210: steps[0].send[1]: there is no endpoint \"oa.tasks\""] },
        { "unknown target of a route", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - route:\n      - when: a = 1\n        to: crm.deal\n      - otherwise: crm.deals\n", ["pipelines/erp-orders-to-crm.yaml:7:13: error CFG209: steps[0].route[0].to: there is no endpoint \"crm.deal\"; did you mean \"crm.deals\"?"] },
        { "unknown mapping and lookup", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - map: erp-order-to-crm-dael\n  - translate: units\n  - send: crm.deals\n", ["pipelines/erp-orders-to-crm.yaml:5:10: error CFG209: steps[0].map: there is no mapping \"erp-order-to-crm-dael\"; did you mean \"erp-order-to-crm-deal\"?", "pipelines/erp-orders-to-crm.yaml:6:16: error CFG210: steps[1].translate: there is no lookup \"units\""] },
        { "unknown step", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - fliter: a = 1\n  - send: crm.deals\n", ["pipelines/erp-orders-to-crm.yaml:5:5: error CFG209: steps[0]: there is no step \"fliter\"; did you mean \"filter\"?"] },
        { "two keys in a step", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - filter: a = 1\n    send: crm.deals\n", ["pipelines/erp-orders-to-crm.yaml:5:5: error CFG213: steps[0]: a step has exactly one key; found filter, send"] },
        { "step without a key", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - send\n", ["pipelines/erp-orders-to-crm.yaml:5:5: error CFG213: steps[0]: a step has exactly one key; found -"] },
        { "no steps", "pipelines/erp-orders-to-crm.yaml", Pipeline.Replace("steps:", "steps: []", StringComparison.Ordinal), ["pipelines/erp-orders-to-crm.yaml:4:8: error YML129: steps: the list needs at least 1 items"] },
        { "ends nowhere", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - filter: a = 1\n", ["pipelines/erp-orders-to-crm.yaml:5:5: error CFG240: steps: the pipeline ends with filter and hands its messages to nobody"] },
        { "step behind the end", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - send: crm.deals\n  - filter: a = 1\n", ["pipelines/erp-orders-to-crm.yaml:6:5: error CFG241: steps: the step filter is never reached"] },
        { "round about", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - send: [ crm.deals, erp.orders ]\n", ["pipelines/erp-orders-to-crm.yaml:5:24: warning CFG243: steps: the pipeline sends to erp.orders, from where it takes its messages"] },
        { "from a system that only sends", "pipelines/erp-orders-to-crm.yaml", "pipeline: erp-orders-to-crm\nfrom: crm.deals\nsteps: [ { send: erp.orders } ]\n", ["pipelines/erp-orders-to-crm.yaml:2:7: error CFG244: from: the connector web of crm.deals takes no messages in"] },
        { "a queue that is none", "pipelines/erp-orders-to-crm.yaml", Pipeline.Replace("steps:", "durability: broker\nsteps:", StringComparison.Ordinal) + "  - send: crm.deals\n", ["pipelines/erp-orders-to-crm.yaml:4:13: error CFG365: durability: the queue of a message is to keep it until it is delivered, but the connector sandbox of erp.orders cannot give a message back"] },
        { "asks who does not answer", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - ask: erp.orders\n  - send: crm.deals\n", ["pipelines/erp-orders-to-crm.yaml:5:10: error CFG246: steps: the connector sandbox of erp.orders answers no questions"] },
        { "long delimiter", "systems/erp.yaml", "system: erp\nconnector: sandbox\nendpoints:\n  orders: { format: csv, delimiter: \";;\" }\n", ["systems/erp.yaml:4:38: error CFG250: endpoints.orders.delimiter: a delimiter is one ASCII character other than a quote or a line break; found \";;\""] },
        { "columns without names", "systems/erp.yaml", "system: erp\nconnector: sandbox\nendpoints:\n  orders: { format: csv, header: false }\n", ["systems/erp.yaml:4:34: error CFG251: endpoints.orders.header: a CSV file without a header row does not name its columns"] },
        { "namespace twice", "systems/erp.yaml", "system: erp\nconnector: sandbox\nendpoints:\n  orders: { namespaces: { a: urn, b: urn } }\n", ["systems/erp.yaml:4:38: error CFG248: endpoints.orders.namespaces.b: this namespace already has the prefix a"] },
        { "unknown encoding", "systems/erp.yaml", "system: erp\nconnector: sandbox\nendpoints:\n  orders: { encoding: gb18033 }\n", ["systems/erp.yaml:4:23: error YML140: endpoints.orders.encoding: \"gb18033\" is not known here; did you mean \"gb18030\"?"] },
        { "ternary in a step", "pipelines/erp-orders-to-crm.yaml", Pipeline + "  - filter: = a ? b : c\n  - send: crm.deals\n", ["pipelines/erp-orders-to-crm.yaml:5:13: error YML110: an expression with \": \" needs a block"] },
        { "old boolean", "systems/erp.yaml", "system: erp\nconnector: sandbox\nendpoints:\n  orders: { header: off }\n", ["systems/erp.yaml:4:21: error YML128: endpoints.orders.header: \"off\" is a text here; true or false is expected"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void File_ThatIsWrong_PrintsExactlyThis(string what, string path, string? text, string[] lines)
    {
        var loaded = ExampleCompany.Load((path, text));

        Assert.Equal($"{what}\n{string.Join('\n', lines)}", $"{what}\n{string.Join('\n', loaded.Findings)}");
    }

    [Fact]
    public void Lane_ThatHolds_NeedsAKey()
    {
        var loaded = ExampleCompany.Load(
            ("systems/crm.yaml", Crm + "after_dead: hold\n"),
            ("pipelines/erp-orders-to-crm.yaml", "pipeline: erp-orders-to-crm\nfrom: erp.orders\nsteps:\n  - route:\n      - otherwise: crm.deals\n"));

        Assert.Equal(
            ["pipelines/erp-orders-to-crm.yaml:1:1: error CFG242: key: the system crm holds a lane after a dead letter, so the pipeline needs a key that makes the lane"],
            loaded.Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Target_ThatOnlyTakesIn_IsRefused()
    {
        var loaded = ExampleCompany.Load(
            ("systems/mail.yaml", "system: mail\nconnector: inbox\nendpoints: { all: {} }\n"),
            ("pipelines/erp-orders-to-crm.yaml", Pipeline + "  - send: [ crm.deals, mail.all ]\n"));

        Assert.Equal(["pipelines/erp-orders-to-crm.yaml:5:24: error CFG245: steps: the connector inbox of mail.all sends no messages"], loaded.Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Environment_ThatDoesNotExist_IsAnsweredWithTheNearest()
    {
        var loaded = ExampleCompany.Load(ExampleCompany.Files(), "tset");

        Assert.Equal(["environments/tset.yaml: error CFG209: there is no environment \"tset\"; did you mean \"test\"?"], loaded.Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Environment_WithFaults_NamesThemInItsOwnFile()
    {
        var files = ExampleCompany.Files(("environments/test.yaml", "environment: test\nsystems:\n  cmr: { connector: sandbox }\n  crm: { address: \"${NONE}\", retry: { delayed: [ 2s, 1s ] } }\n"));

        var loaded = ExampleCompany.Load(files, "test");

        Assert.Equal(
            ["environments/test.yaml:3:3: error CFG209: systems: there is no system \"cmr\"; did you mean \"crm\"?", "environments/test.yaml:4:20: error YML145: address: the environment variable NONE is not set"],
            loaded.Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Folder_ThatDoesNotExist_IsTheOnlyFinding()
    {
        var loaded = ExampleCompany.Load(new Hub.Core.Configuration.ConfigurationSnapshot("config", exists: false, []));

        Assert.Equal(["config: error CFG200: the configuration folder config does not exist"], loaded.Findings.Select(f => f.ToString()));
        Assert.Equal("create it with a hub.yaml, or name another with --config", loaded.Findings[0].Fix(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Faults_InSeveralFiles_AreAllReportedByFileAndLine()
    {
        var loaded = ExampleCompany.Load(
            ("systems/crm.yaml", "system: crm\nconnector: web\naddress: x\nendpoints: { deals: /d }\nlimits: { rate: 1 }\nretry: { jitter: 2 }\n"),
            ("mappings/erp-order-to-crm-deal.yaml", "mapping: erp-order-to-crm-deal\nmapping: again\n"),
            ("pipelines/erp-orders-to-crm.yaml", Pipeline + "  - sned: crm.deals\n  - map: x\n  - send: crm.contracts\n"));

        Assert.Equal(
            [
                "mappings/erp-order-to-crm-deal.yaml:2:1: YML104",
                "pipelines/erp-orders-to-crm.yaml:5:5: CFG209",
                "pipelines/erp-orders-to-crm.yaml:6:10: CFG210",
                "pipelines/erp-orders-to-crm.yaml:7:11: CFG210",
                "systems/crm.yaml:5:17: YML137",
                "systems/crm.yaml:6:18: YML138",
            ],
            loaded.Findings.Select(f => $"{f.At}: {f.Code}"));
    }

    [Fact]
    public void BrokenSystem_DoesNotRepeatItsFaultWhereItIsNamed()
    {
        var loaded = ExampleCompany.Load(("systems/crm.yaml", "system: crm\n\tx: 1\n"));

        Assert.Equal(["YML105"], loaded.Findings.Select(f => f.Code));
        Assert.Equal(Severity.Error, loaded.Findings[0].Severity);
    }
}
