namespace Tests.Crash;

/// <summary>A hub with one queue-like flow: HTTP in, a mapping, HTTP out at a bounded rate, so that something always waits.</summary>
internal static class CrashConfiguration
{
    public static void Write(string folder, string hubAddress, string targetAddress)
    {
        File("hub.yaml", $$"""
            hub: crash-campaign
            store: { file: hub.db }
            data: data
            ingress: { address: "{{hubAddress}}", max_body: 1MB, in_flight: 50000 }
            """);
        File("systems/erp.yaml", """
            system: erp
            connector: http
            endpoints:
              orders: { format: json }
            """);
        File("systems/target.yaml", $$"""
            system: target
            connector: http
            address: {{targetAddress}}
            limits: { rate: 400/s, concurrency: 8, timeout: 10s }
            retry: { immediate: 1, delayed: [ 100ms, 500ms, 2s, 10s ], jitter: 10% }
            endpoints:
              deals: { path: deals }
            """);
        File("mappings/order-to-deal.yaml", """
            mapping: order-to-deal
            version: 1
            source: { system: erp, format: json }
            target: { system: target, format: json }
            fields:
              key: key
              number: { from: number, type: integer }
              label: = key & "/" & $string(number)
            """);
        File("pipelines/orders.yaml", """
            pipeline: orders
            from: erp.orders
            key: key
            steps:
              - map: order-to-deal
              - send: target.deals
            """);

        void File(string name, string text)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, text);
        }
    }
}
