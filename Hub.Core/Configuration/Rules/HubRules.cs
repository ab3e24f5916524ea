using FluentValidation;

namespace Hub.Core.Configuration.Rules;

/// <summary>What must hold between the fields of hub.yaml.</summary>
internal sealed class HubRules : AbstractValidator<HubConfig>
{
    public HubRules()
    {
        RuleFor(h => h.Ingress.Address).Must(BeAnAddress)
            .Reports("CFG230", "ingress.address", h => [("found", h.Ingress.Address)]);
        RuleFor(h => h.Operations.Address).Must(BeAnAddress)
            .Reports("CFG230", "operations.address", h => [("found", h.Operations.Address)]);
        RuleFor(h => h.Operations.Address).NotEqual(h => h.Ingress.Address)
            .Reports("CFG231", "operations.address", h => [("found", h.Operations.Address)]);
        RuleFor(h => h.Ingress.MaxBody).LessThanOrEqualTo(h => h.Limits.Document)
            .Reports("CFG232", "ingress.max_body");
        RuleFor(h => h.Retention.Dead).GreaterThanOrEqualTo(h => h.Retention.Settled)
            .Reports("CFG233", "retention.dead");
        RuleFor(h => h.Limits.Time).GreaterThan(TimeSpan.Zero)
            .Reports("CFG223", "limits.time");
    }

    private static bool BeAnAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsolutePath == "/";
}
