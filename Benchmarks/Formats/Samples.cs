using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Layouts;
using Mappings.Yaml;

namespace Benchmarks.Formats;

/// <summary>Records of one customer file in each format: a beginning, and a piece of many records that may be repeated.</summary>
internal static class Samples
{
    private const int Records = 2_000;

    private const string Layout = """
        layout: pay
        widths: bytes
        line: { length: 100, end: crlf }
        records:
          detail:
            when: { at: 1, is: "02" }
            fields:
              seq: { at: 3, length: 8 }
              account: { at: 11, length: 20 }
              payer: { at: 31, length: 30 }
              amount: { at: 61, length: 15, type: decimal, implied: 2 }
              side: { at: 76, length: 1, one_of: [ C, D ] }
              day: { at: 77, length: 8, type: date, in: yyyyMMdd }
              memo: { at: 85, length: 16 }
        """;

    private static readonly string[] Cities = ["Berlin", "München", "上海", "London", "São Paulo", "深圳"];

    public static TextEncoding Gbk { get; } = Encoding("gbk");

    public static FormatOptions Csv { get; } = new() { Format = MessageFormat.Csv };

    public static FormatOptions Xml { get; } = new() { Format = MessageFormat.Xml, Encoding = Gbk, Record = "/员工列表/员工" };

    public static FormatOptions Fixed { get; } = new() { Format = MessageFormat.Fixed, Encoding = Encoding("gb18030"), Layout = ReadLayout(), Record = "detail" };

    public static (byte[] Head, byte[] Piece) CsvFile()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Records; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"C{i:000000},Customer number {i},{Cities[i % 6]},{12345 + i},DE,+49 30 {i},info{i}@example.com,2024-{(i % 12) + 1:00}-15,{i * 1.25m:0.00},{(i % 2 == 0 ? "true" : "false")},\"Net {i % 60} days, no discount\",A\r\n");
        }

        return ("code,name,city,zip,country,phone,mail,since,limit,active,terms,class\r\n"u8.ToArray(), System.Text.Encoding.UTF8.GetBytes(text.ToString()));
    }

    public static (byte[] Head, byte[] Piece) XmlFile()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Records; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  <员工 编号=\"E{i:00000}\">\r\n    <姓名>王小明</姓名>\r\n    <性别>男</性别>\r\n    <入职日期>2019-03-{(i % 28) + 1:00}</入职日期>\r\n    <手机>138{i:00000000}</手机>\r\n    <部门代码>D{i % 40:00}</部门代码>\r\n    <岗位列表><岗位 代码=\"P{i % 9}\" 主岗=\"1\">销售工程师</岗位></岗位列表>\r\n  </员工>\r\n");
        }

        var gbk = System.Text.Encoding.GetEncoding("gbk");
        return (gbk.GetBytes("<?xml version=\"1.0\" encoding=\"gbk\"?>\r\n<员工列表>\r\n"), gbk.GetBytes(text.ToString()));
    }

    public static (byte[] Head, byte[] Piece) FixedFile()
    {
        var gb18030 = System.Text.Encoding.GetEncoding("gb18030");
        var piece = new List<byte>();
        for (var i = 0; i < Records; i++)
        {
            var name = gb18030.GetBytes(i % 2 == 0 ? "上海华光电子有限公司" : "Northwind Traders Ltd.");
            piece.AddRange(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"02{i:00000000}6222020200112233445 ")));
            piece.AddRange([.. name, .. Enumerable.Repeat((byte)' ', 30 - name.Length)]);
            piece.AddRange(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{i * 125:000000000000000}C20241105INV{i:00000000}     \r\n")));
        }

        return ([], [.. piece]);
    }

    private static LayoutDefinition ReadLayout()
    {
        var findings = new Findings();
        return LayoutFile.Read(YamlFile.Parse("pay.yaml", Layout, findings)!, findings) ?? throw new InvalidOperationException(string.Join('\n', findings));
    }

    private static TextEncoding Encoding(string name) => TextEncodings.TryGet(name, out var encoding) ? encoding : throw new ArgumentException(name);
}
