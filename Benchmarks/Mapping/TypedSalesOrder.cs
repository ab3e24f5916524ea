using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoMapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks.Mapping;

/// <summary>The same by classes, source-generated serializers and AutoMapper.</summary>
internal static partial class TypedSalesOrder
{
    private static readonly Dictionary<string, string> Stages = new() { ["10"] = "open", ["20"] = "negotiation", ["30"] = "won", ["40"] = "lost" };
    private static readonly Dictionary<string, string> Units = new() { ["PCE"] = "piece", ["KGM"] = "kilogram", ["MTR"] = "metre" };
    private static readonly Dictionary<string, string> Countries = new() { ["DE"] = "Germany", ["AT"] = "Austria", ["CH"] = "Switzerland", ["FR"] = "France" };
    private static readonly Serializers Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static readonly IMapper Mapper = new MapperConfiguration(Configure, NullLoggerFactory.Instance).CreateMapper();
    private static readonly Utf8JsonWriter Writer = new(new ArrayBufferWriter<byte>(), new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public static void Map(byte[] document, ArrayBufferWriter<byte> output)
    {
        var deal = Mapper.Map<Deal>(JsonSerializer.Deserialize(document, Json.SourceOrder)!);
        Writer.Reset(output);
        JsonSerializer.Serialize(Writer, deal, Json.Deal);
        Writer.Flush();
    }

    private static void Configure(IMapperConfigurationExpression maps)
    {
        maps.CreateMap<SourceOrder, Deal>()
            .ForMember(d => d.ExternalId, o => o.MapFrom(s => s.OrderNo))
            .ForMember(d => d.DealName, o => o.MapFrom(s => s.OrderNo + " " + s.Customer.Name1 + " " + s.Customer.Name2))
            .ForMember(d => d.CloseDate, o => o.MapFrom(s => Iso(s.OrderDate)))
            .ForMember(d => d.Stage, o => o.MapFrom(s => Stages[s.Status]))
            .ForMember(d => d.Owner, o => o.MapFrom(s => s.Rep.First + " " + s.Rep.Last))
            .ForMember(d => d.Account, o => o.MapFrom(s => s.Customer))
            .ForMember(d => d.Items, o => o.MapFrom(s => s.Lines.Where(l => !l.Del)))
            .ForMember(d => d.Amount, o => o.Ignore())
            .ForMember(d => d.ItemCount, o => o.Ignore())
            .ForMember(d => d.Note, o => o.MapFrom(s => s.Notes.Where(n => n.Lang == "EN").Select(n => n.Text).FirstOrDefault()))
            .AfterMap((_, d) => (d.ItemCount, d.Amount) = (d.Items.Count, d.Items.Sum(i => i.Total)));
        maps.CreateMap<SourceCustomer, DealAccount>()
            .ForMember(d => d.Ref, o => o.MapFrom(s => s.Id))
            .ForMember(d => d.Name, o => o.MapFrom(s => s.Name1 + " " + s.Name2))
            .ForMember(d => d.Country, o => o.MapFrom(s => Countries[s.Country]));
        maps.CreateMap<SourceLine, DealItem>()
            .ForMember(d => d.ProductCode, o => o.MapFrom(s => s.Sku))
            .ForMember(d => d.Quantity, o => o.MapFrom(s => s.Qty))
            .ForMember(d => d.Unit, o => o.MapFrom(s => Units[s.Unit]))
            .ForMember(d => d.UnitPrice, o => o.MapFrom(s => s.Price))
            .ForMember(d => d.Total, o => o.MapFrom(s => Math.Round(s.Qty * s.Price * (100 - s.Disc) / 100, 2, MidpointRounding.AwayFromZero)))
            .ForMember(d => d.Deliveries, o => o.MapFrom(s => s.Sched));
        maps.CreateMap<SourceSchedule, DealDelivery>()
            .ForMember(d => d.On, o => o.MapFrom(s => Iso(s.D)))
            .ForMember(d => d.Quantity, o => o.MapFrom(s => s.Q));
    }

    private static string Iso(string digits) => string.Create(CultureInfo.InvariantCulture, $"{digits.AsSpan(0, 4)}-{digits.AsSpan(4, 2)}-{digits.AsSpan(6, 2)}");

    internal sealed class SourceOrder
    {
        public string OrderNo { get; set; } = "";
        public string OrderDate { get; set; } = "";
        public string Status { get; set; } = "";
        public string Currency { get; set; } = "";
        public SourceCustomer Customer { get; set; } = new();
        public SourceRep Rep { get; set; } = new();
        public List<SourceLine> Lines { get; set; } = [];
        public List<SourceNote> Notes { get; set; } = [];
    }

    internal sealed record SourceCustomer(string Id = "", string Name1 = "", string Name2 = "", string Country = "");

    internal sealed record SourceRep(string First = "", string Last = "");

    internal sealed record SourceNote(string Lang, string Text);

    internal sealed record SourceSchedule(string D, int Q);

    internal sealed class SourceLine
    {
        public string Sku { get; set; } = "";
        public decimal Qty { get; set; }
        public string Unit { get; set; } = "";
        public decimal Price { get; set; }
        public decimal Disc { get; set; }
        public bool Del { get; set; }
        public List<SourceSchedule> Sched { get; set; } = [];
    }

    internal sealed class Deal
    {
        public string ExternalId { get; set; } = "";
        public string DealName { get; set; } = "";
        public string CloseDate { get; set; } = "";
        public string Stage { get; set; } = "";
        public string Currency { get; set; } = "";
        public string Owner { get; set; } = "";
        public DealAccount Account { get; set; } = new();
        public List<DealItem> Items { get; set; } = [];
        public decimal Amount { get; set; }
        public int ItemCount { get; set; }
        public string? Note { get; set; }
    }

    internal sealed class DealAccount
    {
        public string Ref { get; set; } = "";
        public string Name { get; set; } = "";
        public string Country { get; set; } = "";
    }

    internal sealed class DealItem
    {
        public string ProductCode { get; set; } = "";
        public decimal Quantity { get; set; }
        public string Unit { get; set; } = "";
        public decimal UnitPrice { get; set; }
        public decimal Total { get; set; }
        public List<DealDelivery> Deliveries { get; set; } = [];
    }

    internal sealed class DealDelivery
    {
        public string On { get; set; } = "";
        public int Quantity { get; set; }
    }

    [JsonSerializable(typeof(SourceOrder))]
    [JsonSerializable(typeof(Deal))]
    internal sealed partial class Serializers : JsonSerializerContext;
}
