namespace Tests.Servers;

/// <summary>A real server a test needs.</summary>
[Flags]
internal enum Server
{
    PostgreSql = 1,
    RabbitMq = 2,
}
