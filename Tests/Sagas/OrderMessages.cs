using Hub.Core.Messaging;

namespace Tests.Sagas;

#pragma warning disable CA1052, CA1812 // Messages of the tests.
public sealed class PlaceOrder : ICommand
{
    public string? OrderId { get; set; }

    public decimal Total { get; set; }
}

public sealed class CancelOrder : ICommand
{
    public string? OrderId { get; set; }
}

public sealed class NoteOrder : ICommand
{
    public string? OrderId { get; set; }

    public int Number
    {
        get;
        set => field = value >= 0 ? value : throw new InvalidOperationException("a number below nothing");
    }

    public Customer? Customer { get; set; }
}

public sealed class Customer
{
    public string? Id { get; set; }
}

public sealed class ChargeCard : ICommand
{
    public string? OrderId { get; set; }

    public decimal Amount { get; set; }
}

public sealed class CardCharged : IMessage
{
    public string? Receipt { get; set; }
}

public sealed class OrderPlaced : IEvent
{
    public string? OrderId { get; set; }

    public List<string> Lines { get; set; } = [];
}

public sealed class PayLate
{
    public string? Note { get; set; }
}
#pragma warning restore CA1052, CA1812
