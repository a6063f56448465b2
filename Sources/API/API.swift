package import HTTP
import NGSILD
package import Observability
package import Operations

/// The NGSI-LD API on one worker: what answers the requests under `/ngsi-ld/v1/`.
package final class API: RequestHandler {
    private let router: Router
    private let contexts: ContextLoader
    private let log: Log

    package init(_ router: Router, contexts: ContextLoader, log: Log) {
        self.router = router
        self.contexts = contexts
        self.log = log
    }

    /// Decides on the head alone what a body cannot change: a bare 411 before anything else, then 415 (6.3.4).
    package func refuse(_ head: RequestHead) -> Response? {
        guard head.method == .post || head.method == .patch || head.method == .put else { return nil }
        guard head.headers["Content-Length"] != nil else { return refusal(.lengthRequired, of: head) }
        guard ContentType(head.headers["Content-Type"], isPatch: head.method == .patch) == nil else {
            return nil
        }
        // A resource that is not there is a 404 or a 405, whatever its body is.
        guard (try? router.match(head.method, target: head.target)) != nil else { return nil }
        return refusal(.unsupportedMediaType, of: head)
    }

    private func refusal(_ refusal: Refusal, of head: RequestHead) -> Response {
        echoing(head, in: Response(reporting: refusal, requestID: "", log: log))
    }

    package func respond(to request: Request) async -> Response {
        do {
            let match = try router.admit(request.head)
            let response = try await match.endpoint.handler(
                APIRequest(request, match, contexts: contexts))
            return echoing(request.head, in: response)
        } catch {
            return echoing(
                request.head, in: Response(reporting: error, requestID: request.id, log: log))
        }
    }

    /// Every answer says which tenant it is about, errors too (6.3.14).
    private func echoing(_ head: RequestHead, in response: Response) -> Response {
        guard let tenant = head.headers["NGSILD-Tenant"] else { return response }
        var response = response
        response.headers.add("NGSILD-Tenant", tenant)
        return response
    }
}
