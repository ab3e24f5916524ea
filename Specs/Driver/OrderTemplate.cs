using System.Text.Encodings.Web;
using System.Text.Json;

namespace Specs.Driver;

/// <summary>A small sales order of the ERP that fits the contract <c>erp-order</c>: one line, one piece, no discount.</summary>
internal sealed record OrderTemplate(string Number, string Customer)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Status { get; init; } = "SHIPPED";

    /// <summary>JSON of the only line's price, as it is to stand in the order.</summary>
    public string Price { get; init; } = "100.00";

    public static string Text(string value) => JsonSerializer.Serialize(value, Readable);

    public string Json() =>
        $$"""
        {
          "header": {
            "orderNo": {{Text(Number)}}, "internalId": 90071992547410248, "orderDate": "1996-07-04", "requiredDate": "1996-08-01",
            "shippedDate": "1996-07-16", "status": {{Text(Status)}}, "currency": "USD"
          },
          "customer": { "code": {{Text(Customer)}}, "name": {{Text("Customer " + Customer)}} },
          "salesRep": "E5",
          "shipTo": { "name": {{Text("Customer " + Customer)}}, "street": "59 rue de l'Abbaye", "city": "Reims", "zip": "51100", "country": "France" },
          "shipper": "Federal Shipping",
          "freight": 32.38,
          "lines": [ { "lineNo": 1, "sku": "P-011", "desc": "Queso Cabrales", "qty": 1, "price": {{Price}}, "discount": 0 } ]
        }
        """;
}
