import HTTP
import JSON
import Observability

/// What operators and their tools ask: `/healthz`, `/readyz`, `/metrics`.
final class OperationalRoutes: RequestHandler {
    private let readiness: Readiness
    private let metrics: MetricsRegistry
    /// Reads from the database; nil: there is none yet.
    var probe: (() async throws -> Void)?

    init(readiness: Readiness, metrics: MetricsRegistry) {
        self.readiness = readiness
        self.metrics = metrics
    }

    static let paths: [Substring] = ["/healthz", "/readyz", "/metrics"]

    func isOne(_ path: Substring) -> Bool {
        Self.paths.contains { $0 == path }
    }

    func refuse(_ head: RequestHead) -> Response? {
        guard isOne(head.path) else { return .problem(404, "there is no such resource") }
        guard head.method == .get || head.method == .head else {
            var response = Response.problem(405, "this resource can only be read")
            response.headers.add("Allow", "GET, HEAD")
            return response
        }
        return nil
    }

    func respond(to request: Request) async -> Response {
        switch request.head.path {
        case "/healthz": return .status("alive")
        case "/readyz": return await ready()
        default:
            var response = Response(status: 200, body: metrics.render())
            response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            return response
        }
    }

    private func ready() async -> Response {
        switch readiness.stage {
        case .starting(let reason): return .status("not ready", reason: reason)
        case .stopping: return .status("not ready", reason: "the hub is stopping")
        case .serving:
            do {
                try await probe?()
                return .status("ready")
            } catch {
                return .status("not ready", reason: "\(error)")
            }
        }
    }
}

extension Response {
    /// `{"status": "ready"}`; with a reason it is a 503.
    fileprivate static func status(_ status: String, reason: String? = nil) -> Response {
        var writer = JSONWriter(reserving: 128)
        writer.beginObject()
        writer.name("status")
        writer.string(status)
        if let reason {
            writer.name("reason")
            writer.string(reason)
        }
        writer.endObject()
        var response = Response(status: reason == nil ? 200 : 503, body: writer.bytes)
        response.headers.add("Content-Type", "application/json")
        response.headers.add("Cache-Control", "no-store")
        return response
    }

    /// An answer of the program itself, where the API has no say (RFC 7807).
    static func problem(_ status: Int, _ detail: String) -> Response {
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writer.name("type")
        writer.string("about:blank")
        writer.name("status")
        writer.int(status)
        writer.name("detail")
        writer.string(detail)
        writer.endObject()
        var response = Response(status: status, body: writer.bytes)
        response.headers.add("Content-Type", "application/json")
        return response
    }
}
