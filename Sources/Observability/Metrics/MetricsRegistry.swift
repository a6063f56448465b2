import Synchronization

/// All metrics of this process: made once at start, rendered at each scrape.
///
/// Names are `atria_<area>_<what>_<unit>`; each target declares its own in one file.
package final class MetricsRegistry: Sendable {
    private let entries = Mutex<[Entry]>([])

    private struct Entry: Sendable {
        let name: String
        let help: String
        let kind: String
        let write: @Sendable (_ name: String, _ text: inout PrometheusText) -> Void
    }

    /// Series of one family, beyond which they are counted together: 60 routes × 16 statuses fit.
    package static let seriesMax = 1_024

    package init() {}

    package func counter(_ name: String, help: String) -> Counter {
        let counter = Counter()
        add(name, help, kind: "counter") { $1.sample($0, [], Double(counter.value)) }
        return counter
    }

    package func counters(
        _ name: String, help: String, labels: String..., seriesMax: Int = seriesMax
    ) -> Family<Counter> {
        let family = Family(labels: labels, seriesMax: seriesMax) { Counter() }
        add(name, help, kind: "counter") { name, text in
            for (labels, counter) in family.all { text.sample(name, labels, Double(counter.value)) }
        }
        return family
    }

    package func gauge(_ name: String, help: String) -> Gauge {
        let gauge = Gauge()
        add(name, help, kind: "gauge") { $1.sample($0, [], Double(gauge.value)) }
        return gauge
    }

    package func gauges(
        _ name: String, help: String, labels: String..., seriesMax: Int = seriesMax
    ) -> Family<Gauge> {
        let family = Family(labels: labels, seriesMax: seriesMax) { Gauge() }
        add(name, help, kind: "gauge") { name, text in
            for (labels, gauge) in family.all { text.sample(name, labels, Double(gauge.value)) }
        }
        return family
    }

    /// A gauge whose value is looked up at the scrape; `read` runs on the thread that renders.
    package func gauge(_ name: String, help: String, read: @escaping @Sendable () -> Double) {
        add(name, help, kind: "gauge") { $1.sample($0, [], read()) }
    }

    /// Values that somebody else counts, looked up at the scrape: one series for each value of `label`.
    package func values(
        _ name: String, help: String, isCounter: Bool, label: String,
        read: @escaping @Sendable () -> [(label: String, value: Double)]
    ) {
        add(name, help, kind: isCounter ? "counter" : "gauge") { name, text in
            for sample in read() { text.sample(name, [(label, sample.label)], sample.value) }
        }
    }

    package func histogram(_ name: String, help: String, _ buckets: Buckets) -> Histogram {
        let histogram = Histogram(buckets)
        add(name, help, kind: "histogram") { $1.histogram($0, [], histogram) }
        return histogram
    }

    package func histograms(
        _ name: String, help: String, _ buckets: Buckets, labels: String..., seriesMax: Int = seriesMax
    ) -> Family<Histogram> {
        let family = Family(labels: labels, seriesMax: seriesMax) { Histogram(buckets) }
        add(name, help, kind: "histogram") { name, text in
            for (labels, histogram) in family.all { text.histogram(name, labels, histogram) }
        }
        return family
    }

    /// All metrics in the Prometheus text format, version 0.0.4.
    package func render() -> [UInt8] {
        var text = PrometheusText()
        for entry in entries.withLock({ $0 }) {
            text.head(entry.name, help: entry.help, kind: entry.kind)
            entry.write(entry.name, &text)
        }
        return Array(text.text.utf8)
    }

    private func add(
        _ name: String, _ help: String, kind: String,
        write: @escaping @Sendable (String, inout PrometheusText) -> Void
    ) {
        entries.withLock { entries in
            precondition(entries.allSatisfy { $0.name != name }, "the metric \(name) is declared twice")
            entries.append(Entry(name: name, help: help, kind: kind, write: write))
        }
    }
}
