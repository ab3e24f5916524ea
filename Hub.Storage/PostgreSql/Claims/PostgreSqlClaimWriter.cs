using System.Buffers;
using Hub.Abstractions.Messages;
using Hub.Core.Claims;
using Npgsql;

namespace Hub.Storage.PostgreSql.Claims;

/// <summary>Writes one claim in one transaction, a piece a statement.</summary>
internal sealed class PostgreSqlClaimWriter(NpgsqlConnection connection, NpgsqlTransaction transaction, MessageId id) : IClaimWriter
{
    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(PostgreSqlClaimStore.Piece);
    private int _filled;
    private int _number;
    private long _length;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, PostgreSqlClaimStore.Piece - _filled);
            bytes[..taken].CopyTo(_piece.AsMemory(_filled));
            _filled += taken;
            bytes = bytes[taken..];
            if (_filled == PostgreSqlClaimStore.Piece) await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_filled > 0) await FlushAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RunAsync("INSERT INTO claims(id, length) VALUES($1, $2)", cancellationToken, new NpgsqlParameter<long> { TypedValue = id.Value }, new NpgsqlParameter<long> { TypedValue = _length }).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (PostgreSqlClaimStore.IsOfDatabase(error))
        {
            throw PostgreSqlClaimStore.Failure(error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_piece);
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (PostgreSqlClaimStore.IsOfDatabase(error))
        {
            // The connection is gone, and what was not committed with it.
            _length = 0;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(
                "INSERT INTO claim_pieces(claim, number, bytes) VALUES($1, $2, $3)", cancellationToken,
                new NpgsqlParameter<long> { TypedValue = id.Value }, new NpgsqlParameter<int> { TypedValue = _number }, new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = _piece.AsMemory(0, _filled) }).ConfigureAwait(false);
        }
        catch (Exception error) when (PostgreSqlClaimStore.IsOfDatabase(error))
        {
            throw PostgreSqlClaimStore.Failure(error);
        }

        _length += _filled;
        _number++;
        _filled = 0;
    }

    private async ValueTask RunAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        await using var used = command.ConfigureAwait(false);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
