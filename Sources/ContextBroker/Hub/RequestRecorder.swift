import HTTP
import Observability

/// Counts and logs each request at its end, on one worker.
///
/// Keeps the metrics that it has looked up: the next request of the same kind takes no lock.
final class RequestRecorder {
    private let metrics: HubMetrics
    private let log: Log
    private var known: [Key: Entry] = [:]
    // Requests of a kind come in rows.
    private var last: (key: Key, entry: Entry)?

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
        if let last, last.key == key { return last.entry }
        let entry = known[key] ?? lookedUp(key)
        last = (key, entry)
        return entry
    }

    private func lookedUp(_ key: Key) -> Entry {
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
        var path = path
        self = path.withUTF8 { Route(utf8: $0) }
    }

    private init(utf8 path: UnsafeBufferPointer<UInt8>) {
        guard let rest = Route.rest(of: path[...], behind: "/ngsi-ld/v1/") else {
            self =
                Route.rest(of: path[...], behind: "/atria/") != nil
                ? .administration : path.dropFirst().contains(UInt8(ascii: "/")) ? .other : .operational
            return
        }
        if Route.rest(of: rest, behind: "entityOperations/") != nil {
            self = .batch
        } else if let rest = Route.rest(of: rest, behind: "entities") {
            let segments = rest.split(separator: UInt8(ascii: "/")).count
            let routes: [Route] = [.entities, .entity, .attributes, .attribute]
            self = segments < routes.count ? routes[segments] : .api
        } else {
            self = .api
        }
    }

    private static func rest(
        of path: Slice<UnsafeBufferPointer<UInt8>>, behind prefix: StaticString
    ) -> Slice<UnsafeBufferPointer<UInt8>>? {
        let start = UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
        return path.starts(with: start) ? path.dropFirst(start.count) : nil
    }
}
