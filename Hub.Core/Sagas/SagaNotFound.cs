namespace Hub.Core.Sagas;

/// <summary>What becomes of a message that is for a saga that does not exist.</summary>
public enum SagaNotFound
{
    /// <summary>It is a dead letter (SAG854), seen and replayed by an operator.</summary>
    Dead,

    /// <summary>It is filtered, with the reason (SAG868): counted and explained, and nobody has to look at it.</summary>
    Filter,
}
