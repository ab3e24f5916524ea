using FluentValidation;

namespace Hub.Core.Configuration.Rules;

/// <summary>What must hold between the fields of hub.yaml.</summary>
internal sealed class HubRules : AbstractValidator<HubConfig>
{
    public HubRules()
    {
        RuleFor(h => h.Ingress.Address).Must(BeAnAddress)
            .Reports("CFG230", "ingress.address", h => [("found", h.Ingress.Address)]);
        RuleFor(h => h.Operations.KeySha256).Must(key => key is null or { Length: 32 })
            .Reports("CFG231", "operations.key_sha256");
        RuleFor(h => h.Ingress.Address).Must((h, address) => h.Operations.KeySha256 is not null || !BeAnAddress(address) || new Uri(address).IsLoopback)
            .Reports("CFG234", "ingress.address", h => [("found", h.Ingress.Address)]);
        RuleFor(h => h.Ingress.MaxBody).LessThanOrEqualTo(h => h.Limits.Document)
            .Reports("CFG232", "ingress.max_body");
        RuleFor(h => h.Retention.Dead).GreaterThanOrEqualTo(h => h.Retention.Settled)
            .Reports("CFG233", "retention.dead");
    }

    private static bool BeAnAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsolutePath == "/";
}
