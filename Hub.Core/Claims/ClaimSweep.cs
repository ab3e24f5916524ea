using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;

namespace Hub.Core.Claims;

/// <summary>
/// Removes the claims that no message refers to any more: those whose messages retention has purged, and what a crash left
/// between a claim and its acceptance. A claim of the last day is left alone: it may be on its way.
/// </summary>
internal sealed class ClaimSweep(FlowContext context)
{
    private const int Page = 500;
    private static readonly TimeSpan Young = TimeSpan.FromDays(1);

    /// <returns>How many went.</returns>
    /// <exception cref="ClaimException">The claims cannot be read or removed now.</exception>
    /// <exception cref="JournalException">The journal cannot be asked now.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (context.Claims is not { } claims) return 0;
        var removed = 0;
        var after = MessageId.None;
        var young = MessageIdSource.First(context.Clock.GetUtcNow() - Young);
        while (true)
        {
            var page = await claims.ListAsync(after, Page, cancellationToken).ConfigureAwait(false);
            foreach (var claim in page)
            {
                if (claim >= young) return removed;
                var link = await context.Store.FindStateAsync(ClaimLinks.Kind, claim.ToString(), cancellationToken).ConfigureAwait(false);
                if (link is not null && await IsWantedAsync(link, cancellationToken).ConfigureAwait(false)) continue;
                await RemoveAsync(claim, link is not null).ConfigureAwait(false);
                removed++;
            }

            if (page.Count < Page) return removed;
            after = page[^1];
        }
    }

    /// <summary>Removes a claim, then its link: what a crash leaves between the two is found again.</summary>
    public async Task RemoveAsync(MessageId claim, bool isLinked)
    {
        await context.Claims!.DeleteAsync(claim, CancellationToken.None).ConfigureAwait(false);
        if (isLinked) context.Journal.Post(ClaimLinks.Delete(claim, context.Clock.GetUtcNow()));
    }

    private async ValueTask<bool> IsWantedAsync(StateRecord link, CancellationToken cancellationToken)
    {
        foreach (var message in ClaimLinks.Read(link))
        {
            if (await context.Store.FindAsync(message, cancellationToken).ConfigureAwait(false) is not null) return true;
        }

        return false;
    }
}
