using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>A kind of step: its key, its fields, and how its checked fields become a definition. Lint, editor schema and documentation read the same spec.</summary>
public sealed record StepSpec
{
    internal StepSpec(string kind, bool ends, ObjectSpec fields, Func<SpecValue, StepSite, StepCompiler, StepDefinition?> compile)
    {
        Kind = kind;
        Ends = ends;
        Fields = fields;
        Compile = compile;
    }

    /// <summary>The step's key.</summary>
    public string Kind { get; }

    /// <summary>True when the pipeline ends with it.</summary>
    public bool Ends { get; }

    /// <summary>What stands after the key.</summary>
    public ObjectSpec Fields { get; }

    internal Func<SpecValue, StepSite, StepCompiler, StepDefinition?> Compile { get; }
}
