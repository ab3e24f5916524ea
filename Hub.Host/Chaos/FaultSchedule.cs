namespace Hub.Host.Chaos;

/// <summary>Which fault comes when: kills at random moments and at each place, and every few rounds one of the others; each as often as the rest, in an order of chance.</summary>
internal sealed class FaultSchedule(IReadOnlyList<Fault> kills, IReadOnlyList<Fault> others, Random random)
{
    /// <summary>One of the others after so many kills.</summary>
    private const int KillsBetween = 4;

    private readonly Queue<Fault> _kills = new();
    private readonly Queue<Fault> _others = new();
    private int _round;

    public Fault Next()
    {
        var other = others.Count > 0 && _round++ % (KillsBetween + 1) == KillsBetween;
        return other ? Take(_others, others) : Take(_kills, kills);
    }

    private Fault Take(Queue<Fault> queue, IReadOnlyList<Fault> all)
    {
        if (queue.Count == 0)
        {
            Fault[] shuffled = [.. all];
            random.Shuffle(shuffled);
            foreach (var fault in shuffled) queue.Enqueue(fault);
        }

        return queue.Dequeue();
    }
}
