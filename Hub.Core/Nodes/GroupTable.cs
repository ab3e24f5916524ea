using Hub.Abstractions.Messages;
using Hub.Core.Delivery;

namespace Hub.Core.Nodes;

/// <summary>
/// Which lane groups this node works on, and its messages in each. Changes in the order of the commits: a group begins on the
/// committing thread, with the tenure that the store gave it, and a message is let in only under the tenure that stood when it
/// was committed. Under the dispatcher's lock.
/// </summary>
internal sealed class GroupTable
{
    private readonly Group[] _groups = new Group[LaneGroups.Count];
    private readonly HashSet<MessageId> _committing = [];

    public GroupTable()
    {
        for (var i = 0; i < _groups.Length; i++) _groups[i] = new Group();
    }

    /// <summary>Groups that it has and is not giving up.</summary>
    public ulong Settled => Set(g => g.Stage is GroupStage.Adopting or GroupStage.Open);

    /// <summary>Groups that it works on.</summary>
    public ulong Open => Set(g => g.Stage == GroupStage.Open);

    public GroupStage Stage(int group) => _groups[group].Stage;

    /// <summary>Whether messages of a lane are another's to work on, as it looks now; a message without a key never is.</summary>
    public bool IsForeign(string pipeline, string key) => key.Length > 0 && _groups[LaneGroups.Of(pipeline, key)].Stage is GroupStage.Foreign or GroupStage.Closing;

    /// <summary>A message that only its source keeps belongs to no group: it runs where it came in.</summary>
    public bool MayRun(ActiveMessage message) => message.Group < 0 || _groups[message.Group].Stage == GroupStage.Open;

    /// <summary>The journal is going to be asked for the message.</summary>
    public void Reserved(ActiveMessage message)
    {
        message.Commit = long.MaxValue;
        _committing.Add(message.Id);
    }

    /// <summary>The journal has answered.</summary>
    public void Answered(ActiveMessage message) => _committing.Remove(message.Id);

    /// <summary>Lets a message in that the journal has.</summary>
    /// <returns>False when it is another's, or here already.</returns>
    public bool TryEnter(ActiveMessage message, in LanePlace place)
    {
        var group = _groups[place.Group];
        if (group.Stage is GroupStage.Foreign or GroupStage.Closing) return false;
        var wasPassedOver = group.PassedOver.Remove(message.Id);
        if (!wasPassedOver && (place.Tenure == 0 || place.Tenure != group.Tenure)) return false;
        if (group.Known is { } known && !known.Add(message.Id)) return false;
        message.Group = place.Group;
        message.Commit = place.Commit;
        message.BeforeInGroup = group.Last;
        if (group.Last is { } last) last.BehindInGroup = message;
        else group.First = message;
        group.Last = message;
        return true;
    }

    /// <summary>
    /// Lets a message in that was read as open while its group begins. One that is here already stays as it is; one whose
    /// commit has yet to be told here is let in by that.
    /// </summary>
    public bool TryAdopt(ActiveMessage message, in LanePlace place)
    {
        var group = _groups[place.Group];
        if (group.Stage != GroupStage.Adopting) return false;
        if (!_committing.Contains(message.Id)) return TryEnter(message, place with { Tenure = group.Tenure });
        group.PassedOver.Add(message.Id);
        return false;
    }

    /// <summary>A message is finished or dropped.</summary>
    public void Leave(ActiveMessage message)
    {
        if (message.Group < 0) return;
        var group = _groups[message.Group];
        if (message.BeforeInGroup is { } before) before.BehindInGroup = message.BehindInGroup;
        else group.First = message.BehindInGroup;
        if (message.BehindInGroup is { } behind) behind.BeforeInGroup = message.BeforeInGroup;
        else group.Last = message.BeforeInGroup;
        message.BeforeInGroup = message.BehindInGroup = null;
        message.Group = -1;
        if (group.First is null) group.Drained?.TrySetResult();
    }

    /// <summary>The store says that the group is this node's from a commit on.</summary>
    public void Begin(int group, long tenure)
    {
        var begun = _groups[group] = new Group { Stage = GroupStage.Adopting, Tenure = tenure };
        begun.Known = [];
    }

    /// <summary>All that was open is here: the messages may go on.</summary>
    public void GoOn(int group)
    {
        if (_groups[group].Stage == GroupStage.Adopting) _groups[group].Stage = GroupStage.Open;
    }

    /// <summary>A commit later than the reading of the group has brought what was handed over before it: nothing can come twice any more.</summary>
    public void Settle(int group, long tenure)
    {
        if (_groups[group].Tenure == tenure) _groups[group].Known = null;
    }

    public long Tenure(int group) => _groups[group].Tenure;

    /// <summary>Nothing more of the group begins.</summary>
    /// <returns>Completes when nothing of it runs any more.</returns>
    public Task Close(int group)
    {
        var closing = _groups[group];
        closing.Stage = GroupStage.Closing;
        closing.Drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return closing.Drained.Task;
    }

    /// <summary>To be called when those that do not run have left.</summary>
    public void Look(int group)
    {
        if (_groups[group].First is null) _groups[group].Drained?.TrySetResult();
    }

    /// <summary>The group is not this node's any more; it holds no message.</summary>
    public void End(int group)
    {
        var ended = _groups[group];
        _groups[group] = new Group();
        ended.Drained?.TrySetResult();
    }

    /// <summary>The group's messages as they are now; the list may change while they are gone through.</summary>
    public List<ActiveMessage> Messages(int group)
    {
        var messages = new List<ActiveMessage>();
        for (var message = _groups[group].First; message is not null; message = message.BehindInGroup) messages.Add(message);
        return messages;
    }

    private ulong Set(Func<Group, bool> has)
    {
        var set = 0UL;
        for (var i = 0; i < _groups.Length; i++)
        {
            if (has(_groups[i])) set |= 1UL << i;
        }

        return set;
    }

    private sealed class Group
    {
        public GroupStage Stage { get; set; }

        public long Tenure { get; init; }

        public ActiveMessage? First { get; set; }

        public ActiveMessage? Last { get; set; }

        /// <summary>All that came in since it began; null once nothing can come twice any more.</summary>
        public HashSet<MessageId>? Known { get; set; }

        /// <summary>Read as open while their own commit had yet to be told.</summary>
        public HashSet<MessageId> PassedOver { get; } = [];

        public TaskCompletionSource? Drained { get; set; }
    }
}
