import Glibc
import Observability
import Postgres
import Storage

/// What the hub counts and measures, as `/metrics` shows it; shared by all workers.
final class HubMetrics: Sendable {
    let registry = MetricsRegistry()
    let requests: Family<Counter>
    let durations: Family<Histogram>
    let bytesReceived: Counter
    let bytesSent: Counter
    let connections: Family<Gauge>
    let reactorLag: Histogram
    let reactorTurn: Histogram
    let interactiveBatches: Histogram
    let bulkBatches: Histogram
    let databaseConnections: Family<Gauge>
    let callsInFlight: Family<Gauge>
    let callsWaiting: Family<Gauge>
    let callErrors: Family<Gauge>
    let reconnects: Family<Gauge>

    init() {
        requests = registry.counters(
            "atria_http_requests_total", help: "Requests answered.", labels: "method", "route", "status")
        durations = registry.histograms(
            "atria_http_request_duration_seconds", help: "From the whole request to the sent answer.",
            .latency,
            labels: "method", "route")
        bytesReceived = registry.counter("atria_http_received_bytes_total", help: "Bytes of request bodies.")
        bytesSent = registry.counter("atria_http_sent_bytes_total", help: "Bytes of answers, heads included.")
        connections = registry.gauges(
            "atria_http_connections", help: "Open client connections.", labels: "worker")
        reactorLag = registry.histogram(
            "atria_reactor_lag_seconds", help: "How late a timer of each second fires.", .latency)
        reactorTurn = registry.histogram(
            "atria_reactor_turn_seconds",
            help: "The longest turn of each second: what becomes ready waits for it.",
            .latency)
        let batches = registry.histograms(
            "atria_write_batch_mutations", help: "Writes in each transaction that was committed.", .sizes,
            labels: "lane")
        interactiveBatches = batches.with("interactive")
        bulkBatches = batches.with("bulk")
        databaseConnections = registry.gauges(
            "atria_database_connections", help: "Open connections for reads.", labels: "worker", "lane")
        callsInFlight = registry.gauges(
            "atria_database_calls_in_flight", help: "Calls that PostgreSQL works on.", labels: "worker",
            "lane")
        callsWaiting = registry.gauges(
            "atria_database_calls_waiting", help: "Calls that wait for a connection.", labels: "worker",
            "lane")
        callErrors = registry.gauges(
            "atria_database_call_errors", help: "Calls that failed since the start.", labels: "worker", "lane"
        )
        reconnects = registry.gauges(
            "atria_database_reconnects", help: "Connections made anew since the start.", labels: "worker",
            "lane")
        addProcess()
    }

    /// Shows what `writes` counts of its lanes; once, when there is one.
    func add(_ writes: WritePath) {
        func add(
            _ name: String, _ help: String, isCounter: Bool,
            _ value: @escaping @Sendable (WriteStatistics) -> Int
        ) {
            registry.values(name, help: help, isCounter: isCounter, label: "lane") {
                let statistics = writes.statistics
                return [
                    ("interactive", Double(value(statistics.interactive))),
                    ("bulk", Double(value(statistics.bulk))),
                ]
            }
        }
        add("atria_write_repeats_total", "Transactions that ran again.", isCounter: true) { $0.repeats }
        add("atria_write_saturated_total", "Writes refused since too many waited.", isCounter: true) {
            $0.saturated
        }
        add("atria_write_waiting_mutations", "Writes that wait for their batch.", isCounter: false) {
            $0.waiting
        }
        add("atria_write_waiting_bytes", "Bytes of them.", isCounter: false) { $0.waitingBytes }
    }

    private func addProcess() {
        registry.gauges("atria_build_info", help: "The version that runs.", labels: "version")
            .with(Atria.version).set(1)
        registry.gauge("atria_process_resident_bytes", help: "Memory that this process holds.") {
            Double(ProcessStatus.residentBytes)
        }
        registry.gauge("atria_process_cpu_seconds", help: "Processor time of this process.") {
            ProcessStatus.processorSeconds
        }
    }
}

/// The gauges of one worker.
struct WorkerMetrics {
    let connections: Gauge
    let points: Lane
    let queries: Lane

    /// The gauges of one lane to the database.
    struct Lane {
        let inFlight: Gauge
        let waiting: Gauge
        let errors: Gauge
        let connections: Gauge
        let reconnects: Gauge

        func set(_ statistics: PostgresStatistics) {
            inFlight.set(statistics.inFlight)
            waiting.set(statistics.waiting)
            errors.set(statistics.errors)
            connections.set(statistics.connections)
            reconnects.set(statistics.reconnects)
        }
    }

    init(_ metrics: HubMetrics, worker: Int) {
        func lane(_ name: String) -> Lane {
            Lane(
                inFlight: metrics.callsInFlight.with("\(worker)", name),
                waiting: metrics.callsWaiting.with("\(worker)", name),
                errors: metrics.callErrors.with("\(worker)", name),
                connections: metrics.databaseConnections.with("\(worker)", name),
                reconnects: metrics.reconnects.with("\(worker)", name))
        }
        connections = metrics.connections.with("\(worker)")
        points = lane("points")
        queries = lane("queries")
    }
}

/// What the kernel knows of this process.
enum ProcessStatus {
    static var residentBytes: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let fields = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }

    static var processorSeconds: Double {
        Double(clock()) / Double(CLOCKS_PER_SEC)
    }
}
