using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Hub.Storage.Sqlite;

/// <summary>A prepared statement; used by one thread at a time, like its connection. Indexes of values count from 1, of columns from 0.</summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private const int NullType = 5;
    private const int StackText = 256;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _owner;
    private readonly nint _handle;

    internal SqliteStatement(SqliteConnection connection, sqlite3_stmt owner)
    {
        _connection = connection;
        _owner = owner;
        _handle = owner.DangerousGetHandle();
    }

    internal SqliteStatement Bind(int index, long value)
    {
        Check(SqliteNative.BindInt64(_handle, index, value));
        return this;
    }

    internal SqliteStatement Bind(int index, long? value)
    {
        Check(value is { } number ? SqliteNative.BindInt64(_handle, index, number) : SqliteNative.BindNull(_handle, index));
        return this;
    }

    internal SqliteStatement Bind(int index, string? text)
    {
        if (text is null)
        {
            Check(SqliteNative.BindNull(_handle, index));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        Span<byte> bytes = most <= StackText ? stackalloc byte[StackText] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(text, bytes);
        fixed (byte* start = bytes) Check(SqliteNative.BindText(_handle, index, start, length, SqliteNative.Transient));
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    internal SqliteStatement Bind(int index, ReadOnlySpan<byte> blob)
    {
        // An empty span has no address, and SQLite reads a blob without an address as NULL.
        if (blob.IsEmpty) Check(SqliteNative.BindZeroBlob(_handle, index, 0));
        else fixed (byte* start = blob) Check(SqliteNative.BindBlob(_handle, index, start, blob.Length, SqliteNative.Transient));
        return this;
    }

    internal SqliteStatement BindNull(int index)
    {
        Check(SqliteNative.BindNull(_handle, index));
        return this;
    }

    /// <summary>Steps to the next row; after the last one the statement is reset and ready for other values.</summary>
    internal bool Step()
    {
        var result = SqliteNative.Step(_handle);
        if (result == SqliteNative.Row) return true;
        var failure = result == SqliteNative.Done ? null : _connection.Failure(result);
        _ = SqliteNative.Reset(_handle);
        return failure is null ? false : throw failure;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    internal void Run()
    {
        if (Step()) Reset();
    }

    /// <summary>Runs a statement that changes rows.</summary>
    /// <returns>How many rows it changed.</returns>
    internal int RunChanges()
    {
        Run();
        return _connection.Changes;
    }

    /// <summary>The first column of the first row, or null.</summary>
    internal long? Scalar()
    {
        if (!Step()) return null;
        long? value = IsNull(0) ? null : Int64(0);
        Reset();
        return value;
    }

    internal void Reset() => _ = SqliteNative.Reset(_handle);

    internal bool IsNull(int column) => SqliteNative.ColumnType(_handle, column) == NullType;

    internal long Int64(int column) => SqliteNative.ColumnInt64(_handle, column);

    internal int Int32(int column) => (int)SqliteNative.ColumnInt64(_handle, column);

    internal long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    /// <summary>The bytes of a column, valid until the next step or reset.</summary>
    internal ReadOnlySpan<byte> Span(int column)
    {
        var start = SqliteNative.ColumnBlob(_handle, column);
        return start is null ? [] : new ReadOnlySpan<byte>(start, SqliteNative.ColumnBytes(_handle, column));
    }

    internal byte[] Blob(int column) => Span(column).ToArray();

    internal string Text(int column) => Encoding.UTF8.GetString(Span(column));

    public void Dispose() => _owner.Dispose();

    private void Check(int result)
    {
        if (result != SqliteNative.Ok) throw _connection.Failure(result);
    }
}
