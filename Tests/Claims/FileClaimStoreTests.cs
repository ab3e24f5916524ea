using Hub.Core.Claims;
using Hub.Storage.Claims;

namespace Tests.Claims;

public sealed class FileClaimStoreTests : ClaimStoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-claims-").FullName;

    public override Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    protected override Task<IClaimStore> CreateAsync() => Task.FromResult<IClaimStore>(new FileClaimStore(_folder));

    [Fact]
    public async Task Open_AfterACrash_RemovesWhatIsHalfWritten()
    {
        var left = Path.Combine(_folder, "0123456789ABC.part");
        await File.WriteAllTextAsync(left, "half");

        await new FileClaimStore(_folder).OpenAsync(default);

        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task Open_WhereAFileStandsInTheWay_SaysWhy()
    {
        var path = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(path, string.Empty);

        var error = await Assert.ThrowsAsync<ClaimException>(() => new FileClaimStore(path).OpenAsync(default));

        Assert.Equal("ING790", error.Finding.Code);
        Assert.DoesNotContain(_folder, error.Message, StringComparison.Ordinal);
    }
}
