package import HTTP
package import JSON
package import NGSILD
import Operations

/// An HTTP request read as NGSI-LD reads it: tenant, `@context`, parameters, body (6.3).
package struct APIRequest {
    package let request: Request
    package let tenant: Tenant
    package let parameters: Parameters
    /// The decoded variables of the path, from left to right: an entity's id, an attribute's name.
    package let variables: [String]
    let contexts: ContextLoader

    /// - Throws: `badRequestData` for a bad tenant, `operationNotSupported` for a snapshot, `invalidRequest` for parameters that are broken or unknown.
    init(_ request: Request, _ match: Router.Match, contexts: ContextLoader) throws(NGSILDError) {
        self.request = request
        self.contexts = contexts
        variables = match.variables
        tenant = try request.head.headers["NGSILD-Tenant"].map(Tenant.init) ?? .default
        if let snapshot = request.head.headers["NGSILD-Snapshot"] {
            // What is meant for a snapshot must not be done to the current state (5.5.15).
            throw NGSILDError(
                .operationNotSupported, "there are no snapshots here, and so no \(snapshot) (6.3.22)",
                at: "NGSILD-Snapshot")
        }
        parameters = try Parameters(query: request.head.query)
        try parameters.check(against: match.endpoint.parameters)
        // Until something is distributed every operation is local; the value has to be one all the same.
        _ = try parameters.flag("local")
    }

    /// The path as it was sent, without a slash at its end.
    var path: String {
        let path = request.head.path
        return String(path.hasSuffix("/") ? path.dropLast() : path)
    }

    package func header(_ name: String) -> String? { request.head.headers[name] }

    /// The representation that the client likes best (6.3.4).
    ///
    /// - Throws: `Refusal.notAcceptable`.
    package func mediaType(among offered: [MediaType] = [.json, .ldJSON]) throws -> MediaType {
        guard let type = MediaType.negotiated(accept: header("Accept"), offered: offered) else {
            throw Refusal.notAcceptable(offered: offered)
        }
        return type
    }

    // MARK: @context

    /// The `@context` that the Link header names, else the core (6.3.5).
    package func linkedContext() async throws -> Context {
        guard let url = try linkedContextURL() else { return .core }
        return try await context(for: .url(url)) { _ in "Link" }
    }

    /// The `@context` of `source`; a fault of it is told where `place` puts it: it is read without the request around it.
    private func context(
        for source: ContextSource, at place: (_ path: String) -> String
    ) async throws -> Context {
        do {
            return try await contexts.context(for: source)
        } catch var error as NGSILDError {
            error.path = place(error.path ?? "")
            throw error
        }
    }

    private func linkedContextURL() throws(NGSILDError) -> String? {
        guard let link = header("Link") else { return nil }
        return try LinkHeader.context(in: link)
    }

    // MARK: Body

    /// The JSON body, as it is.
    ///
    /// - Throws: `invalidRequest` where it is empty or no JSON.
    func json() throws(NGSILDError) -> JSONView {
        guard !request.body.isEmpty else {
            throw NGSILDError(.invalidRequest, "the body is empty where a JSON document has to be")
        }
        do throws(JSONError) {
            return try JSONDocument(parsing: request.body).root
        } catch {
            throw NGSILDError(
                .invalidRequest, "the body is no valid JSON: \(error.reason) (at byte \(error.offset))",
                at: error.path)
        }
    }

    /// The JSON body and, by its media type, the place where its `@context` is (6.3.5).
    ///
    /// - Throws: `invalidRequest` where the body is empty or no JSON; `badRequestData` where the media type
    ///   and the place of the `@context` do not go together.
    package func payload() throws(NGSILDError) -> Payload {
        try Payload(root: json(), isLinkedData: isLinkedData, link: linkedContextURL())
    }

    /// The JSON body with its `@context` resolved (6.3.5).
    package func document() async throws -> Document {
        try await document(of: payload())
    }

    func document(of payload: Payload) async throws -> Document {
        try await document(of: payload.root, in: payload)
    }

    /// `object`, the body or an element of it, with its `@context` resolved (6.3.5).
    func document(of object: JSONView, in payload: Payload) async throws -> Document {
        let source = try payload.source(of: object)
        let context = try await context(for: source) { isLinkedData ? object.path + $0 : "Link" }
        return Document(root: object, context: context)
    }

    private var isLinkedData: Bool {
        ContentType(header("Content-Type")) == .ldJSON
    }
}

/// A JSON value and the `@context` that gives its names their meaning.
package struct Document {
    package let root: JSONView
    package let context: Context

    /// Bytes of its text.
    var bytes: Int { root.rawRange.count }
}
