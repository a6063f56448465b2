import Observability
import Testing

@Suite struct `Metrics` {
    private func rendered(_ registry: MetricsRegistry) -> [String] {
        String(decoding: registry.render(), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `a counter is rendered with its help and its type`() {
        let registry = MetricsRegistry()
        let counter = registry.counter("atria_http_connections_total", help: "Connections accepted.")

        counter.add()
        counter.add(2)

        #expect(
            rendered(registry) == [
                "# HELP atria_http_connections_total Connections accepted.",
                "# TYPE atria_http_connections_total counter",
                "atria_http_connections_total 3",
            ])
    }

    @Test func `a histogram is cumulative, in the rendered unit, and counts what is above every bound`() {
        let registry = MetricsRegistry()
        let latency = registry.histogram(
            "atria_x_seconds", help: "X.", Buckets([100, 1_000], scale: 1_000_000))

        for microseconds in [50, 100, 500, 2_000] { latency.observe(microseconds) }
        latency.observe(.microseconds(350))

        #expect(
            rendered(registry).dropFirst(2) == [
                #"atria_x_seconds_bucket{le="0.0001"} 2"#,
                #"atria_x_seconds_bucket{le="0.001"} 4"#,
                #"atria_x_seconds_bucket{le="+Inf"} 5"#,
                "atria_x_seconds_sum 0.003",
                "atria_x_seconds_count 5",
            ])
    }

    @Test func `a label value cannot end its line or its quotes`() {
        let registry = MetricsRegistry()
        let family = registry.counters("atria_x_total", help: "X.", labels: "tenant")

        family.with("a\"b\\c\nd").add()

        #expect(rendered(registry).last == #"atria_x_total{tenant="a\"b\\c\nd"} 1"#)
        #expect(rendered(registry).count == 3)
    }

    @Test func `beyond its bound a family counts new label values together`() {
        let registry = MetricsRegistry()
        let family = registry.counters("atria_x_total", help: "X.", labels: "tenant", seriesMax: 2)

        for tenant in ["a", "b", "c", "d", "a"] { family.with(tenant).add() }

        #expect(
            rendered(registry).dropFirst(2) == [
                #"atria_x_total{tenant="a"} 2"#, #"atria_x_total{tenant="b"} 1"#,
                #"atria_x_total{tenant="other"} 2"#,
            ])
    }

    @Test func `what several threads add is all there`() async {
        let counter = Counter()
        let histogram = Histogram(.sizes)

        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for value in 0..<10_000 {
                        counter.add()
                        histogram.observe(value % 7)
                    }
                }
            }
        }

        #expect(counter.value == 80_000)
        #expect(histogram.cumulative.last == 80_000)
    }
}
