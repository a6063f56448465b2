import HTTP

/// Answers everything that comes to the API's address: operators' questions, and the API once it serves.
final class FrontDoor: RequestHandler {
    private let operations: OperationalRoutes
    private let readiness: Readiness
    /// nil: the database is not there yet.
    var api: (any RequestHandler)?

    /// Seconds after which a client may try again while the hub starts.
    private static let retryAfter = "1"

    init(_ operations: OperationalRoutes, readiness: Readiness) {
        self.operations = operations
        self.readiness = readiness
    }

    func refuse(_ head: RequestHead) -> Response? {
        if operations.isOne(head.path) { return operations.refuse(head) }
        guard let api else { return starting }
        return api.refuse(head)
    }

    func respond(to request: Request) async -> Response {
        if operations.isOne(request.head.path) { return await operations.respond(to: request) }
        guard let api else { return starting }
        return await api.respond(to: request)
    }

    private var starting: Response {
        guard case .starting(let reason) = readiness.stage else {
            return .problem(503, "the hub is stopping")
        }
        var response = Response.problem(503, reason)
        response.headers.add("Retry-After", Self.retryAfter)
        return response
    }
}
