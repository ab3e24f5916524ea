using Hub.Core.Configuration;
using Hub.Core.Messaging;
using Hub.Core.Runtime;
using Hub.Core.Sagas;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Tests.Runtime;
using Tests.Sagas;
using Tests.Support;

namespace Tests.Messaging;

public sealed class MessagingCompilerTests
{
    [Fact]
    public void Compile_EverythingWrong_IsFoundTogether()
    {
        var findings = Compile("endpoints: { orders: { type: Nothing }, mail: {}, both: {}, none: {}, loose: {}, bad: {} }", m =>
        {
            m.Endpoint("sagas.orders").Saga(() => new OrderSaga(new OrderScript()));
            m.Endpoint("sagas.mail").Saga<WithoutAStart>();
            m.Endpoint("sagas.both").Saga<TwoProperties>().Handler<Nobody>();
            m.Endpoint("sagas.loose").Saga<Unmapped>();
            m.Endpoint("sagas.bad").Saga<TwoProperties>();
            m.Endpoint("sagas.typo").Handler<Nobody>();
            m.RouteToEndpoint<ChargeCard>("pay.typo").PublishTo<OrderPlaced>("nowhere");
        });

        Assert.Equal(
            ["SAG860", "SAG861", "SAG862", "SAG863", "SAG864", "SAG864", "SAG864", "SAG865", "SAG865", "SAG867", "SAG869"],
            findings.Where(f => f.Severity == Severity.Error).Select(f => f.Code).Order());
        Assert.All(findings, f => Assert.DoesNotContain("{", f.ToString(), StringComparison.Ordinal));
        Assert.Contains(findings, f => f.ToString().StartsWith("systems/sagas.yaml:", StringComparison.Ordinal) && f.Code == "SAG861");
        Assert.Contains(findings, f => f.Fix()?.Contains("Tests.Sagas.PlaceOrder", StringComparison.Ordinal) == true && f.Code == "SAG867");
    }

    [Fact]
    public void Compile_TypesThatShareAName_AreRefused()
    {
        var findings = Compile("endpoints: { mail: {} }", m =>
        {
            m.Endpoint("sagas.mail").Handler<Nobody>();
            m.MessageType<ChargeCard>("x").MessageType<CardCharged>("x");
        });

        Assert.Equal("SAG866", Assert.Single(findings).Code);
    }

    [Fact]
    public void Compile_MessagesThatNobodyCanMake_AreRefused()
    {
        var findings = Compile("endpoints: { mail: {} }", m => m.Endpoint("sagas.mail").Handler<HandlesAnInterface>());

        Assert.Equal("SAG866", Assert.Single(findings).Code);
    }

    [Fact]
    public void Compile_ASagaThatCannotBeMade_IsAFindingAndNoCrash()
    {
        var finding = Assert.Single(Compile("endpoints: { mail: {} }", m => m.Endpoint("sagas.mail").Saga<OrderSaga>(() => throw new TimeoutException("no database"))));

        Assert.Equal("SAG864", finding.Code);
        Assert.Contains("no database", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_AnEndpointWithoutCode_IsRefusedAlsoWhereThereIsNoneAtAll() =>
        Assert.Equal("SAG861", Assert.Single(Compile("endpoints: { mail: {} }", _ => { })).Code);

    private static List<Finding> Compile(string keys, Action<MessagingCatalog> register)
    {
        var catalog = new MessagingCatalog();
        register(catalog);
        var files = new Dictionary<string, string> { ["hub.yaml"] = "hub: test\n", ["systems/sagas.yaml"] = $"system: sagas\nconnector: messaging\n{keys}\n" };
        var compiler = new HubCompiler([new ScriptedConnector()], new FakeClock(), messaging: catalog);
        var loaded = ConfigurationLoader.Load(ConfigurationSnapshot.Of("config", files), null, compiler.Specs, new NoReferences());
        Assert.Equal([], loaded.Findings.Select(f => f.ToString()));
        var findings = new Findings();
        Assert.Null(compiler.Compile(loaded, findings));
        return [.. findings];
    }

    private sealed class NoReferences : IReferenceSource
    {
        public string? Variable(string name) => null;

        public string? File(string path) => null;
    }

    private sealed class Nobody : IHandleMessages<NoteOrder>
    {
        public Task Handle(NoteOrder message, IMessageHandlerContext context) => Task.CompletedTask;
    }

    private sealed class HandlesAnInterface : IHandleMessages<IMessage>
    {
        public Task Handle(IMessage message, IMessageHandlerContext context) => Task.CompletedTask;
    }

    private sealed class WithoutAStart : Saga<OrderData>, IHandleMessages<NoteOrder>
    {
        public Task Handle(NoteOrder message, IMessageHandlerContext context) => Task.CompletedTask;

        protected override void ConfigureHowToFindSaga(SagaPropertyMapper<OrderData> mapper) => mapper.MapSaga(s => s.OrderId).ToMessage<NoteOrder>(m => m.OrderId);
    }

    private sealed class Unmapped : Saga<OrderData>, IAmStartedByMessages<NoteOrder>
    {
        public Task Handle(NoteOrder message, IMessageHandlerContext context) => Task.CompletedTask;

        protected override void ConfigureHowToFindSaga(SagaPropertyMapper<OrderData> mapper)
        {
        }
    }

    private sealed class TwoProperties : Saga<OrderData>, IAmStartedByMessages<NoteOrder>, IAmStartedByMessages<PlaceOrder>
    {
        public Task Handle(NoteOrder message, IMessageHandlerContext context) => Task.CompletedTask;

        public Task Handle(PlaceOrder message, IMessageHandlerContext context) => Task.CompletedTask;

        protected override void ConfigureHowToFindSaga(SagaPropertyMapper<OrderData> mapper)
        {
            mapper.ConfigureMapping<NoteOrder>(m => m.Number).ToSaga(s => s.OrderId);
            mapper.ConfigureMapping<PlaceOrder>(m => m.OrderId).ToSaga(s => s.Receipt);
        }
    }
}
