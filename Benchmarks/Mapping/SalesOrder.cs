using System.Globalization;
using System.Text;

namespace Benchmarks.Mapping;

/// <summary>A sales order of any number of lines, about 100 bytes each, and what becomes of it: as a mapping file and as one JSONata expression.</summary>
internal static class SalesOrder
{
    public const string Mapping = """
        mapping: deal
        version: 1
        let:
          name: = customer.name1 & " " & customer.name2
          live: = lines[del = false]
          amount: = $sum($live.$round(qty * price * (100 - disc) / 100, 2))
        fields:
          externalId: orderNo
          dealName: = orderNo & " " & $name
          closeDate: { from: orderDate, type: date, in: yyyyMMdd }
          stage: { from: status, map: { "10": open, "20": negotiation, "30": won, "40": lost } }
          currency: currency
          owner: = rep.first & " " & rep.last
          account:
            fields:
              ref: customer.id
              name: = $name
              country: { from: customer.country, map: { DE: Germany, AT: Austria, CH: Switzerland, FR: France } }
          items:
            each: = $live
            fields:
              productCode: sku
              quantity: qty
              unit: { from: unit, map: { PCE: piece, KGM: kilogram, MTR: metre } }
              unitPrice: price
              total: { expr: qty * price * (100 - disc) / 100, type: decimal, scale: 2 }
              deliveries:
                each: sched
                fields:
                  on: { from: d, type: date, in: yyyyMMdd }
                  quantity: q
          amount: = $amount
          itemCount: = $count($live)
          note: { expr: "notes[lang = \"EN\"][0].text", required: false }
        """;

    public const string Expression = """
        (
          $stage := {"10": "open", "20": "negotiation", "30": "won", "40": "lost"};
          $unit := {"PCE": "piece", "KGM": "kilogram", "MTR": "metre"};
          $country := {"DE": "Germany", "AT": "Austria", "CH": "Switzerland", "FR": "France"};
          $iso := function($d) { $substring($d, 0, 4) & "-" & $substring($d, 4, 2) & "-" & $substring($d, 6, 2) };
          $name := customer.name1 & " " & customer.name2;
          $items := [lines[del = false].{
            "productCode": sku, "quantity": qty, "unit": $lookup($unit, unit), "unitPrice": price,
            "total": $round(qty * price * (100 - disc) / 100, 2),
            "deliveries": [sched.{"on": $iso(d), "quantity": q}]
          }];
          {
            "externalId": orderNo, "dealName": orderNo & " " & $name, "closeDate": $iso(orderDate), "stage": $lookup($stage, status),
            "currency": currency, "owner": rep.first & " " & rep.last,
            "account": {"ref": customer.id, "name": $name, "country": $lookup($country, customer.country)},
            "items": $items, "amount": $round($sum($items.total), 2), "itemCount": $count($items),
            "note": notes[lang = "EN"][0].text
          }
        )
        """;

    public static List<byte[]> Documents(int count, int lines) => [.. Enumerable.Range(0, count).Select(number => Document(number, lines))];

    /// <summary>The same number gives the same order.</summary>
    private static byte[] Document(int number, int lines)
    {
        var chance = new Random(number);
        var text = new StringBuilder();
        void Append(FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
        string Of(params ReadOnlySpan<string> words) => words[chance.Next(words.Length)];
        Append($$"""{"orderNo":"SO-{{number:D7}}","orderDate":"202603{{chance.Next(1, 29):D2}}","status":"{{chance.Next(1, 5)}}0","currency":"EUR","customer":{"id":"C-{{chance.Next(100000):D6}}","name1":"Mustermann","name2":"Handels GmbH","country":"{{Of("DE", "AT", "CH", "FR")}}","vat":"DE{{chance.Next(100000000, 999999999)}}"},"rep":{"first":"Erika","last":"Jürgens","mail":"e.juergens@example.org"},"shipTo":{"street":"Hauptstraße {{chance.Next(1, 200)}}","zip":"{{chance.Next(10000, 99999)}}","city":"Köln","country":"DE"},"lines":[""");
        for (var i = 0; i < lines; i++)
        {
            // Discounts of whole fifths leave no half cents: the program in JavaScript computes in doubles and may round those either way.
            if (i > 0) text.Append(',');
            Append($$"""{"pos":{{(i + 1) * 10}},"sku":"A-{{chance.Next(100000):D5}}","qty":{{chance.Next(1, 21)}},"unit":"{{Of("PCE", "KGM", "MTR")}}","price":{{chance.Next(100, 99999) / 100m:F2}},"disc":{{chance.Next(4) * 20}},"del":{{(i % 10 == 4 ? "true" : "false")}},"sched":[{"d":"202604{{chance.Next(1, 29):D2}}","q":{{chance.Next(1, 10)}}}]}""");
        }

        text.Append("""],"notes":[{"lang":"DE","text":"Bitte vor 10 Uhr anliefern"},{"lang":"EN","text":"Deliver before \"10 am\""}]}""");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
