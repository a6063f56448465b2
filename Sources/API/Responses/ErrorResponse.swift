package import HTTP
import JSON
import NGSILD
package import Observability
import Operations

extension Response {
    /// The one place where an error becomes a response (6.3.2, 6.3.3, 5.5.6).
    ///
    /// A foreign error shows the client nothing of its text, which goes to `log` with `requestID`.
    package init(reporting error: any Error, requestID: String, log: Log) {
        switch error {
        case let error as NGSILDError:
            self.init(Problem(error), requestID: requestID)
        case let refusal as Refusal:
            self.init(refusal, requestID: requestID)
        default:
            log.error("request-failed") { line in
                line.add("request", requestID)
                line.add("error", error)
            }
            if let unavailable = Unavailable(error) {
                self.init(Problem(unavailable), requestID: requestID)
                headers.add("Retry-After", String(unavailable.retryAfterSeconds))
            } else {
                self.init(Problem.unforeseen, requestID: requestID)
            }
        }
    }

    private init(_ refusal: Refusal, requestID: String) {
        switch refusal {
        case .lengthRequired: self.init(status: 411)
        case .unsupportedMediaType: self.init(status: 415)
        case .notAcceptable(let offered):
            self.init(Problem(notAcceptable: offered), requestID: requestID)
        case .methodNotAllowed(let allowed):
            let names = allowed.map(\.description).joined(separator: ", ")
            self.init(Problem(methodNotAllowed: names), requestID: requestID)
            headers.add("Allow", names)
        case .unauthorized:
            self.init(Problem.unauthorized, requestID: requestID)
            headers.add("WWW-Authenticate", "Bearer realm=\"atria\"")
        case .forbidden(let reason):
            self.init(Problem(forbidden: reason), requestID: requestID)
        }
    }

    private init(_ problem: Problem, requestID: String) {
        var writer = JSONWriter(reserving: 256)
        problem.write(to: &writer, requestID: requestID)
        self.init(status: problem.status, body: writer.bytes)
        headers.add("Content-Type", MediaType.json.rawValue)
    }
}

/// The members of an error's payload (5.5.3, RFC 7807).
struct Problem: Sendable {
    var type: String
    var title: String
    var detail: String
    var status: Int
    /// JSON Pointer of the fault in the payload, or the parameter's name: a member of our own.
    var path: String?
    /// All faults of a payload that has several, the first included: a member of our own.
    var faults: [NGSILDError] = []

    init(_ error: NGSILDError) {
        type = error.kind.uri
        title = error.kind.title
        detail = error.detail
        status = error.kind.status
        path = error.path
        if !error.others.isEmpty { faults = [error] + error.others }
    }

    /// Of one entity among others, for which the hub's own troubles are an InternalError.
    init(of error: any Error) {
        if let error = error as? NGSILDError {
            self.init(error)
        } else {
            self = Unavailable(error).map { Problem($0) } ?? .unforeseen
        }
    }

    init(_ unavailable: Unavailable) {
        self.init(NGSILDError(.internalError, unavailable.description))
        title = "Service unavailable"
        status = 503
    }

    init(notAcceptable offered: [MediaType]) {
        let list = offered.map(\.rawValue).joined(separator: ", ")
        self.init(NGSILDError(.invalidRequest, "this resource can be had as \(list)", at: "Accept"))
        title = "Not acceptable"
        status = 406
    }

    init(methodNotAllowed names: String) {
        self.init(NGSILDError(.invalidRequest, "this resource knows the methods \(names)"))
        title = "Method not allowed"
        status = 405
    }

    /// Of our own resources: NGSI-LD has no type for it.
    init(forbidden reason: String) {
        self.init(NGSILDError(.invalidRequest, reason))
        type = Self.untyped
        title = "Forbidden"
        status = 403
    }

    static let unauthorized: Problem = {
        var problem = Problem(
            forbidden:
                "this resource is for administrators: send the hub's admin.token as Authorization: Bearer")
        problem.title = "Unauthorized"
        problem.status = 401
        return problem
    }()

    /// Where the status says it all (RFC 7807, section 4.2).
    private static let untyped = "about:blank"

    static let unforeseen = Problem(
        NGSILDError(.internalError, "the hub failed; its log has the reason under the instance's number"))

    /// `instance` names this occurrence as the log does; entities in a batch result have none.
    func write(to writer: inout JSONWriter, requestID: String? = nil) {
        writer.beginObject()
        writer.name("type")
        writer.string(type)
        writer.name("title")
        writer.string(title)
        writer.name("detail")
        writer.string(detail)
        writer.name("status")
        writer.int(status)
        if let path {
            writer.name("path")
            writer.string(path)
        }
        if !faults.isEmpty { write(faults, to: &writer) }
        if let requestID {
            writer.name("instance")
            writer.string("urn:request:\(requestID)")
        }
        writer.endObject()
    }

    private func write(_ faults: [NGSILDError], to writer: inout JSONWriter) {
        writer.name("faults")
        writer.beginArray()
        for fault in faults {
            writer.beginObject()
            writer.name("path")
            writer.string(fault.path ?? "")
            writer.name("detail")
            writer.string(fault.detail)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension NGSILDError.Kind {
    /// A short summary that is the same for every occurrence (5.5.3).
    fileprivate var title: String {
        switch self {
        case .invalidRequest: "Invalid request"
        case .badRequestData: "Bad request data"
        case .alreadyExists: "Already exists"
        case .conflict: "Conflict"
        case .operationNotSupported: "Operation not supported"
        case .resourceNotFound: "Resource not found"
        case .internalError: "Internal error"
        case .tooComplexQuery: "Too complex query"
        case .tooManyResults: "Too many results"
        case .ldContextNotAvailable: "JSON-LD @context not available"
        case .noMultiTenantSupport: "No support for tenants"
        case .nonexistentTenant: "Nonexistent tenant"
        }
    }
}
