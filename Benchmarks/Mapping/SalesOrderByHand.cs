using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Benchmarks.Mapping;

/// <summary>What <see cref="SalesOrder"/>'s mapping says, written by hand over <see cref="JsonDocument"/>.</summary>
internal static class SalesOrderByHand
{
    private static readonly JsonEncodedText
        ExternalId = JsonEncodedText.Encode("externalId"), DealName = JsonEncodedText.Encode("dealName"), CloseDate = JsonEncodedText.Encode("closeDate"),
        Stage = JsonEncodedText.Encode("stage"), Currency = JsonEncodedText.Encode("currency"), Owner = JsonEncodedText.Encode("owner"),
        Account = JsonEncodedText.Encode("account"), Ref = JsonEncodedText.Encode("ref"), Name = JsonEncodedText.Encode("name"),
        Country = JsonEncodedText.Encode("country"), Items = JsonEncodedText.Encode("items"), ProductCode = JsonEncodedText.Encode("productCode"),
        Quantity = JsonEncodedText.Encode("quantity"), Unit = JsonEncodedText.Encode("unit"), UnitPrice = JsonEncodedText.Encode("unitPrice"),
        Total = JsonEncodedText.Encode("total"), Deliveries = JsonEncodedText.Encode("deliveries"), On = JsonEncodedText.Encode("on"),
        Amount = JsonEncodedText.Encode("amount"), ItemCount = JsonEncodedText.Encode("itemCount"), Note = JsonEncodedText.Encode("note");

    private static readonly (string Code, JsonEncodedText Word)[] Stages = Words("10 open 20 negotiation 30 won 40 lost");
    private static readonly (string Code, JsonEncodedText Word)[] Units = Words("PCE piece KGM kilogram MTR metre");
    private static readonly (string Code, JsonEncodedText Word)[] Countries = Words("DE Germany AT Austria CH Switzerland FR France");

    private static readonly Utf8JsonWriter Writer = new(new ArrayBufferWriter<byte>(), new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public static void Map(byte[] document, ArrayBufferWriter<byte> output)
    {
        using var json = JsonDocument.Parse(document);
        var order = json.RootElement;
        var customer = order.GetProperty("customer"u8);
        var rep = order.GetProperty("rep"u8);
        var number = order.GetProperty("orderNo"u8).GetString()!;
        var name = $"{customer.GetProperty("name1"u8).GetString()} {customer.GetProperty("name2"u8).GetString()}";
        Writer.Reset(output);
        Writer.WriteStartObject();
        Writer.WriteString(ExternalId, number);
        Writer.WriteString(DealName, $"{number} {name}");
        Date(CloseDate, order.GetProperty("orderDate"u8));
        Writer.WriteString(Stage, Word(Stages, order.GetProperty("status"u8)));
        Copy(Currency, order.GetProperty("currency"u8));
        Writer.WriteString(Owner, $"{rep.GetProperty("first"u8).GetString()} {rep.GetProperty("last"u8).GetString()}");
        Writer.WriteStartObject(Account);
        Copy(Ref, customer.GetProperty("id"u8));
        Writer.WriteString(Name, name);
        Writer.WriteString(Country, Word(Countries, customer.GetProperty("country"u8)));
        Writer.WriteEndObject();
        Writer.WriteStartArray(Items);
        var (amount, count) = (0m, 0);
        foreach (var line in order.GetProperty("lines"u8).EnumerateArray())
        {
            if (line.GetProperty("del"u8).GetBoolean()) continue;
            amount += Item(line);
            count++;
        }

        Writer.WriteEndArray();
        Writer.WriteNumber(Amount, amount);
        Writer.WriteNumber(ItemCount, count);
        foreach (var note in order.GetProperty("notes"u8).EnumerateArray())
        {
            if (!note.GetProperty("lang"u8).ValueEquals("EN"u8)) continue;
            Copy(Note, note.GetProperty("text"u8));
            break;
        }

        Writer.WriteEndObject();
        Writer.Flush();
    }

    private static decimal Item(JsonElement line)
    {
        var quantity = line.GetProperty("qty"u8);
        var price = line.GetProperty("price"u8);
        var total = Math.Round(quantity.GetDecimal() * price.GetDecimal() * (100 - line.GetProperty("disc"u8).GetDecimal()) / 100, 2, MidpointRounding.AwayFromZero);
        Writer.WriteStartObject();
        Copy(ProductCode, line.GetProperty("sku"u8));
        Copy(Quantity, quantity);
        Writer.WriteString(Unit, Word(Units, line.GetProperty("unit"u8)));
        Copy(UnitPrice, price);
        Writer.WriteNumber(Total, total);
        Writer.WriteStartArray(Deliveries);
        foreach (var delivery in line.GetProperty("sched"u8).EnumerateArray())
        {
            Writer.WriteStartObject();
            Date(On, delivery.GetProperty("d"u8));
            Copy(Quantity, delivery.GetProperty("q"u8));
            Writer.WriteEndObject();
        }

        Writer.WriteEndArray();
        Writer.WriteEndObject();
        return total;
    }

    /// <summary>What is only passed on: a fifth faster than through a string or a decimal.</summary>
    private static void Copy(JsonEncodedText name, JsonElement value)
    {
        Writer.WritePropertyName(name);
        value.WriteTo(Writer);
    }

    private static void Date(JsonEncodedText name, JsonElement date)
    {
        var digits = date.GetString()!;
        Span<char> iso = stackalloc char[10];
        digits.AsSpan(0, 4).CopyTo(iso);
        digits.AsSpan(4, 2).CopyTo(iso[5..]);
        digits.AsSpan(6, 2).CopyTo(iso[8..]);
        iso[4] = iso[7] = '-';
        Writer.WriteString(name, iso);
    }

    private static JsonEncodedText Word((string Code, JsonEncodedText Word)[] table, JsonElement code)
    {
        foreach (var entry in table)
        {
            if (code.ValueEquals(entry.Code)) return entry.Word;
        }

        throw new InvalidOperationException($"{code} is no known code.");
    }

    private static (string Code, JsonEncodedText Word)[] Words(string table) => [.. table.Split(' ').Chunk(2).Select(pair => (pair[0], JsonEncodedText.Encode(pair[1])))];
}
