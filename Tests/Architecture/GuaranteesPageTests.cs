using System.Reflection;
using System.Text.RegularExpressions;

namespace Tests.Architecture;

public sealed partial class GuaranteesPageTests
{
    [Fact]
    public void Page_Tests_AllExistAndRun()
    {
        var named = Name().Matches(File.ReadAllText(Repository.Path("docs", "guarantees.md"))).Select(match => match.Groups[1].Value).ToList();
        var tests = typeof(GuaranteesPageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>(inherit: true).Any())
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !tests.Contains(name));
    }

    [GeneratedRegex(@"`(\w+\.\w+_\w+)`")]
    private static partial Regex Name();
}
