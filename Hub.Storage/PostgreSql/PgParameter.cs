using Npgsql;
using NpgsqlTypes;

namespace Hub.Storage.PostgreSql;

/// <summary>Positional parameters with their types.</summary>
internal static class PgParameter
{
    internal static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    internal static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    internal static NpgsqlParameter OfNullable(int? value) => new NpgsqlParameter<int?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    internal static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean };

    internal static NpgsqlParameter Of(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    internal static NpgsqlParameter Of(ReadOnlyMemory<byte> value) => new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    internal static NpgsqlParameter Of(long[] values) => Array(values, NpgsqlDbType.Bigint);

    internal static NpgsqlParameter Of(long?[] values) => Array(values, NpgsqlDbType.Bigint);

    internal static NpgsqlParameter Of(int[] values) => Array(values, NpgsqlDbType.Integer);

    internal static NpgsqlParameter Of(int?[] values) => Array(values, NpgsqlDbType.Integer);

    internal static NpgsqlParameter Of(string?[] values) => Array(values, NpgsqlDbType.Text);

    internal static NpgsqlParameter Of(short[] values) => Array(values, NpgsqlDbType.Smallint);

    internal static NpgsqlParameter Of(short?[] values) => Array(values, NpgsqlDbType.Smallint);

    internal static NpgsqlParameter Of(bool[] values) => Array(values, NpgsqlDbType.Boolean);

    internal static NpgsqlParameter Of(ReadOnlyMemory<byte>[] values) => Array(values, NpgsqlDbType.Bytea);

    internal static NpgsqlParameter Of(ReadOnlyMemory<byte>?[] values) => Array(values, NpgsqlDbType.Bytea);

    private static NpgsqlParameter<T> Array<T>(T values, NpgsqlDbType type) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
