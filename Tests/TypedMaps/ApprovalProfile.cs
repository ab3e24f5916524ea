using AutoMapper;

namespace Tests.TypedMaps;

/// <summary>A map as a developer of the company would write it.</summary>
public sealed class ApprovalProfile : Profile
{
    public ApprovalProfile()
    {
        CreateMap<Order, Approval>()
            .ForMember(approval => approval.Title, map => map.MapFrom(order => $"{order.OrderNo}: {order.Lines.Count}"))
            .ForMember(approval => approval.Amount, map => map.MapFrom(order => order.Lines.Sum(line => Priced(line))))
            .ForMember(approval => approval.Freight, map => map.MapFrom(order => order.Freight));
    }

    private static decimal Priced(Line line) => line.Qty == 13 ? throw new InvalidOperationException("thirteen is not sold") : line.Qty * line.Price;

    public sealed record Order(string OrderNo, decimal Freight, IReadOnlyList<Line> Lines);

    public sealed record Line(decimal Qty, decimal Price);

    public sealed record Approval
    {
        public string Title { get; init; } = string.Empty;

        public decimal Amount { get; init; }

        public decimal? Freight { get; init; }
    }
}
