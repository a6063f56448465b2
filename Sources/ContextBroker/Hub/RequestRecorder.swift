import HTTP
import Observability

/// Counts and logs each request at its end, on one worker.
///
/// Keeps the metrics that it has looked up: the next request of the same kind takes no lock.
final class RequestRecorder {
    private let metrics: HubMetrics
    private let log: Log
    private var known: [Key: Entry] = [:]

    private struct Key: Hashable {
        let method: Method
        let route: Route
        let status: Int
    }

    private struct Entry {
        let count: Counter
        let duration: Histogram
    }

    /// Kinds that are kept: all that clients who mean well can make; the rest is looked up each time.
    private static let knownMax = 1_024

    init(_ metrics: HubMetrics, log: Log) {
        self.metrics = metrics
        self.log = log
    }

    func record(_ exchange: HTTPExchange) {
        let route = exchange.head.map { Route($0.path) } ?? .other
        let entry = entry(
            Key(method: exchange.head?.method ?? .other("none"), route: route, status: exchange.status))
        entry.count.add()
        entry.duration.observe(exchange.duration)
        metrics.bytesReceived.add(exchange.bytesReceived)
        metrics.bytesSent.add(exchange.bytesSent)
        log.info("request") { line in
            line.add("id", exchange.requestID)
            if let head = exchange.head {
                line.add("method", head.method.description)
                line.add("target", head.target)
                line.add("peer", head.peer)
                if let tenant = head.headers["NGSILD-Tenant"] { line.add("tenant", tenant) }
            }
            line.add("status", exchange.status)
            line.add("received", exchange.bytesReceived)
            line.add("sent", exchange.bytesSent)
            line.add("took_ms", exchange.duration)
        }
    }

    private func entry(_ key: Key) -> Entry {
        if let entry = known[key] { return entry }
        // A method that a client made up is not a label.
        let method = if case .other = key.method { "other" } else { key.method.description }
        let entry = Entry(
            count: metrics.requests.with(method, key.route.rawValue, "\(key.status)"),
            duration: metrics.durations.with(method, key.route.rawValue))
        if known.count < Self.knownMax { known[key] = entry }
        return entry
    }
}

/// The resource that a path names, with its ids left out: a label of few values.
enum Route: String {
    case entities = "/entities"
    case entity = "/entities/{id}"
    case attributes = "/entities/{id}/attrs"
    case attribute = "/entities/{id}/attrs/{name}"
    case batch = "/entityOperations"
    case operational = "operational"
    case administration = "/atria/v1"
    case api = "/ngsi-ld/v1"
    case other

    init(_ path: Substring) {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 6)
        func part(_ index: Int, is name: StaticString) -> Bool {
            index < parts.count
                && name.withUTF8Buffer { parts[index].elementsEqual($0) }
        }
        guard part(0, is: "ngsi-ld"), part(1, is: "v1") else {
            self = part(0, is: "atria") ? .administration : parts.count == 1 ? .operational : .other
            return
        }
        if part(2, is: "entityOperations") {
            self = .batch
        } else if part(2, is: "entities") {
            let routes: [Route] = [.entities, .entity, .attributes, .attribute]
            self = parts.count <= 6 ? routes[parts.count - 3] : .api
        } else {
            self = .api
        }
    }
}
