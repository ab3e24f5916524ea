using Hub.Core.Journal;
using Hub.Core.Pipelines;

namespace Tests.Pipelines;

/// <summary>The pipeline of the configuration grammar, against a CRM that answers from a table.</summary>
public sealed class When_the_example_pipeline_runs
{
    private const string Pipeline = """
        pipeline: p
        description: Approved orders become deals
        from: erp.orders
        key: header.orderNo
        dedupe: event
        steps:
          - filter: { when: header.status != "DRAFT", reason: drafts stay in the ERP }
          - validate: erp-order
          - enrich: { as: account, from: crm.accounts, where: { code: customer.code }, cache: 10m, missing: wait }
          - map: erp-order-to-crm-deal
          - route:
              - when: amount >= 100000
                to: [ crm.deals, oa.approvals ]
              - otherwise: crm.deals
        """;

    private readonly PipelineBench _bench = new PipelineBench()
        .With("contracts/erp-order.yaml", """
            contract: erp-order
            type: object
            required: [ header, customer ]
            properties:
              header: { type: object }
              customer: { type: object }
              amount: { type: number }

            """)
        .WithMapping("erp-order-to-crm-deal", new FakeMapping(
            """{ "externalId": header.orderNo, "account": account.id, "amount": amount }""", sourceFormat: "json"));

    public When_the_example_pipeline_runs() => _bench.Gateway.Knows("crm.accounts?code=C1", """{"id":"A-77"}""");

    [Theory]
    [InlineData("99999.99", "Open\ncrm.deals [0] {\"externalId\":\"SO-1\",\"account\":\"A-77\",\"amount\":99999.99}\n")]
    [InlineData("100000", "Open\ncrm.deals [0] {\"externalId\":\"SO-1\",\"account\":\"A-77\",\"amount\":100000}\noa.approvals [0] {\"externalId\":\"SO-1\",\"account\":\"A-77\",\"amount\":100000}\n")]
    public async Task Should_send_the_deal_where_its_amount_says(string amount, string expected)
    {
        var outcome = await RunAsync(amount);

        Assert.Equal(expected, PipelineBench.Show(outcome));
        Assert.Equal([0, 1, 2, 3, 4], outcome.Steps.Select(s => (int)s.Step));
    }

    [Fact]
    public async Task Should_share_one_body_between_the_targets()
    {
        var outcome = await RunAsync("100000");

        Assert.Equal(outcome.Deliveries[0].Body, outcome.Deliveries[1].Body);
    }

    [Fact]
    public async Task Should_name_the_step_that_filtered_a_draft() =>
        Assert.Equal([new StepOutcome(0, StepResultKind.Filtered, 0)], (await RunAsync("1", status: "DRAFT")).Steps);

    [Fact]
    public async Task Should_report_what_does_not_fit_the_contract()
    {
        var outcome = await RunAsync("\"1\"");

        Assert.Equal(MessageState.Dead, outcome.State);
        Assert.Equal("amount", Assert.Single(outcome.Findings).Path);
    }

    [Fact]
    public void Should_be_described_in_the_order_of_its_work() =>
        Assert.Equal(
            """
            p: erp.orders -> crm.deals, oa.approvals                      pipelines/p.yaml:1:11
              key     header.orderNo
              dedupe  the sender's event id, else key and content
              1. filter header.status != "DRAFT"                          pipelines/p.yaml:7:5
                   the others end here: drafts stay in the ERP
              2. validate erp-order                                       pipelines/p.yaml:8:5
              3. enrich account from crm.accounts                         pipelines/p.yaml:9:5
                   where code = customer.code
                   without a record: wait
              4. map erp-order-to-crm-deal                                pipelines/p.yaml:10:5
              5. route                                                    pipelines/p.yaml:11:5
                   when amount >= 100000 -> crm.deals, oa.approvals
                   otherwise -> crm.deals

            """,
            PipelineDescription.Of(_bench.Compile(Pipeline)));

    private ValueTask<PipelineOutcome> RunAsync(string amount, string status = "APPROVED") => _bench.RunAsync(
        _bench.Compile(Pipeline),
        $$$"""{"header":{"orderNo":"SO-1","status":"{{{status}}}"},"customer":{"code":"C1"},"amount":{{{amount}}}}""");
}
