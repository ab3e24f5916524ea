namespace Hub.Core.Nodes;

/// <summary>What a node may do with the messages of a lane group.</summary>
internal enum GroupStage : byte
{
    /// <summary>Nothing: another has it, or nobody.</summary>
    Foreign,

    /// <summary>Wait: what is open in it is being read.</summary>
    Adopting,

    /// <summary>Work on them.</summary>
    Open,

    /// <summary>Let end what runs.</summary>
    Closing,
}
