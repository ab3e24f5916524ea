using Specs.Driver;
using TechTalk.SpecFlow;

namespace Specs.Steps;

[Binding]
public sealed class SendingSteps(CompanyDriver company)
{
    [StepDefinition(EnglishPhrases.ReceivesFile)]
    [StepDefinition(ChinesePhrases.ReceivesFile)]
    public Task ReceivesFile(string endpoint, string file) => company.ReceiveFileAsync(endpoint, file);

    [StepDefinition(EnglishPhrases.ReceivesText)]
    [StepDefinition(ChinesePhrases.ReceivesText)]
    public Task ReceivesText(string endpoint, string text) => company.ReceiveTextAsync(endpoint, text);

    [StepDefinition(EnglishPhrases.ReceivesOrderOver)]
    [StepDefinition(ChinesePhrases.ReceivesOrderOver)]
    public Task ReceivesOrderOver(string endpoint, string order, string customer, string amount) =>
        company.ReceiveOrderAsync(endpoint, new OrderTemplate(order, customer) { Price = amount });

    [StepDefinition(EnglishPhrases.ReceivesOrderWithStatus)]
    [StepDefinition(ChinesePhrases.ReceivesOrderWithStatus)]
    public Task ReceivesOrderWithStatus(string endpoint, string order, string customer, string status) =>
        company.ReceiveOrderAsync(endpoint, new OrderTemplate(order, customer) { Status = status });

    [StepDefinition(EnglishPhrases.ReceivesOrderWithPriceText)]
    [StepDefinition(ChinesePhrases.ReceivesOrderWithPriceText)]
    public Task ReceivesOrderWithPriceText(string endpoint, string order, string customer, string price) =>
        company.ReceiveOrderAsync(endpoint, new OrderTemplate(order, customer) { Price = OrderTemplate.Text(price) });
}
