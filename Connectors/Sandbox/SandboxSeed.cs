using System.Buffers;
using System.Security.Cryptography;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;
using Mappings.Formats;

namespace Connectors.Sandbox;

/// <summary>A seed file, read once: its bytes, their hash, and its records.</summary>
internal sealed class SandboxSeed
{
    private SandboxSeed(string file, byte[] bytes)
    {
        File = file;
        Bytes = bytes;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>As the configuration names it.</summary>
    public string File { get; }

    public byte[] Bytes { get; }

    /// <summary>SHA-256, hexadecimal.</summary>
    public string Hash { get; }

    /// <returns>Null, with a finding, when the file cannot be read.</returns>
    public static SandboxSeed? Open(EndpointContext endpoint, string configurationFolder, Findings findings)
    {
        var file = endpoint.Settings.Text("seed");
        try
        {
            return new SandboxSeed(file, System.IO.File.ReadAllBytes(Path.Combine(configurationFolder, file)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Error("CFG293", endpoint.Settings.Position("seed"), endpoint.Settings.PathOf("seed"), ("file", file));
            return null;
        }
    }

    /// <summary>Puts the records into a collection; what cannot be read or has no key becomes a finding.</summary>
    public void Fill(SandboxCollection collection, FormatOptions format, Findings findings)
    {
        // A document that is no array is one record; a seed that is an array means its elements.
        var record = format.Record is null && format.Format == MessageFormat.Json && Bytes.AsSpan().TrimStart(" \t\r\n\uFEFF"u8).StartsWith("["u8) ? "[]" : format.Record;
        using var reader = FormatReader.Open(Bytes, format with { Record = record, Reader = format.Reader with { File = File } });
        using var writer = new FormatWriter(new WriterOptions { File = File });
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var status = reader.Read();
            if (status == RecordStatus.End) return;
            if (reader.Error is { } error) findings.Add(error);
            if (status == RecordStatus.Broken) return;
            if (status != RecordStatus.Record) continue;
            body.ResetWrittenCount();
            if (!writer.TryWrite(reader.Tape, reader.Tape.Root, body, out var unwritable)) findings.Add(unwritable);
            else if (collection.KeyOf(body.WrittenMemory) is { } key) collection.Upsert(key, body.WrittenMemory, null);
            else findings.Error("CFG294", reader.At, collection.KeyPath ?? string.Empty, ("key", collection.KeyPath ?? string.Empty));
        }
    }
}
