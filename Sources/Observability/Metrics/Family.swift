import Synchronization

/// Metrics of one name that differ in their labels (`route`, `status`).
///
/// Looking one up costs a lock and a hash: who counts often keeps what `with` gave.
package final class Family<Metric: AnyObject & Sendable>: Sendable {
    private let labels: [String]
    private let seriesMax: Int
    private let make: @Sendable () -> Metric
    private let series = Mutex<[[String]: Metric]>([:])

    init(labels: [String], seriesMax: Int, make: @escaping @Sendable () -> Metric) {
        self.labels = labels
        self.seriesMax = seriesMax
        self.make = make
    }

    /// The metric of these label values, in the order of the family's labels.
    ///
    /// Beyond `seriesMax` different ones all others share the values `other`: whoever names the values
    /// (a tenant, a peer) cannot fill the memory.
    package func with(_ values: String...) -> Metric {
        precondition(values.count == labels.count, "a family takes one value for each of its labels")
        return series.withLock { series in
            if let known = series[values] { return known }
            let isFull = series.count >= seriesMax
            let key = isFull ? labels.map { _ in "other" } : values
            if let shared = series[key] { return shared }
            let created = make()
            series[key] = created
            return created
        }
    }

    /// Each metric and its label pairs, in the order of their values.
    var all: [(labels: [(name: String, value: String)], metric: Metric)] {
        series.withLock { $0 }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { (Array(zip(labels, $0.key)).map { (name: $0.0, value: $0.1) }, $0.value) }
    }
}
