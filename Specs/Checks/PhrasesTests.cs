using System.Reflection;
using TechTalk.SpecFlow;

namespace Specs.Checks;

public sealed class PhrasesTests
{
    [Fact]
    public void Names_InBothLanguages_AreTheSameInTheSameOrder() =>
        Assert.Equal(Phrases.English.Select(p => p.Name), Phrases.Chinese.Select(p => p.Name));

    [Fact]
    public void Parameters_InBothLanguages_AreAsMany() =>
        Assert.Equal(Phrases.English.Select(p => (p.Name, Phrases.Parameters(p.Text))), Phrases.Chinese.Select(p => (p.Name, Phrases.Parameters(p.Text))));

    [Fact]
    public void Steps_InBothLanguages_AreBoundToTheSameMethod()
    {
        var bound = typeof(PhrasesTests).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<BindingAttribute>() is not null)
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<StepDefinitionBaseAttribute>(), (method, step) => (step.Regex, Method: $"{method.DeclaringType!.Name}.{method.Name}"))
            .ToLookup(step => step.Regex, step => step.Method);

        Assert.Equal(
            Phrases.Steps(Phrases.English).Select(p => (p.Name, Method: Assert.Single(bound[p.Text]))),
            Phrases.Steps(Phrases.Chinese).Select(p => (p.Name, Method: Assert.Single(bound[p.Text]))));
    }
}
