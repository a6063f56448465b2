package import HTTP
import NGSILD

/// Which handler answers which method at which path (6.2): one table, built at start.
///
/// Paths are split at `/` before they are decoded, since ids may contain an encoded one; a `/` at the end
/// changes nothing.
package struct Router {
    package typealias Handler = (APIRequest) async throws -> Response

    package struct Endpoint {
        /// The names of the URL's parameters; others are refused (6.3.20).
        let parameters: [String]
        /// A resource of ours that not every client may use.
        let isForAdministrators: Bool
        let handler: Handler
    }

    package struct Match {
        let endpoint: Endpoint
        /// The variable segments, decoded, from left to right.
        let variables: [String]
    }

    private struct Node {
        var literals: [(text: [UInt8], node: Int)] = []
        var variable: Int?
        var endpoints: [(method: Method, endpoint: Endpoint)] = []
        /// Methods that would mean something if the path went on: what is missing (5.6.17.4: BadRequestData).
        var incomplete: [(method: Method, missing: String)] = []
    }

    private var nodes = [Node()]
    /// What was built, for those who hold its description to it.
    package private(set) var routes: [(method: Method, pattern: String, parameters: [String])] = []
    private let administrators: AdministratorAccess

    package init(administrators: AdministratorAccess) {
        self.administrators = administrators
    }

    // MARK: Building

    /// Lets `handler` answer `method` at `pattern`, whose segments `*` are variables: `/entities/*/attrs`.
    ///
    /// All below `/atria/` is for administrators.
    package mutating func on(
        _ method: Method, _ pattern: String, taking parameters: [String] = [], _ handler: @escaping Handler
    ) {
        let endpoint = Endpoint(
            parameters: parameters, isForAdministrators: pattern.hasPrefix("/atria/"), handler: handler)
        nodes[node(for: pattern)].endpoints.append((method, endpoint))
        routes.append((method, pattern, parameters))
    }

    /// Answers `method` at `pattern` with BadRequestData: `missing` has to follow there.
    mutating func incomplete(_ method: Method, _ pattern: String, missing: String) {
        nodes[node(for: pattern)].incomplete.append((method, missing))
    }

    private mutating func node(for pattern: String) -> Int {
        var node = 0
        for segment in pattern.utf8.split(separator: UInt8(ascii: "/")) {
            let known =
                segment.elementsEqual("*".utf8)
                ? nodes[node].variable : nodes[node].literals.first { $0.text.elementsEqual(segment) }?.node
            if let known {
                node = known
                continue
            }
            nodes.append(Node())
            if segment.elementsEqual("*".utf8) {
                nodes[node].variable = nodes.count - 1
            } else {
                nodes[node].literals.append((Array(segment), nodes.count - 1))
            }
            node = nodes.count - 1
        }
        return node
    }

    // MARK: Matching

    /// What answers the request that begins with `head`, where its client may ask for it.
    ///
    /// - Throws: as `match(_:target:)` does; `Refusal.unauthorized` and `Refusal.forbidden`.
    func admit(_ head: RequestHead) throws -> Match {
        let match = try match(head.method, target: head.target)
        if match.endpoint.isForAdministrators { try administrators.check(head) }
        return match
    }

    /// - Throws: `resourceNotFound` where no resource has this path, `badRequestData` where a variable of it
    ///   is empty, `Refusal.methodNotAllowed` where the resource knows other methods.
    package func match(_ method: Method, target: String) throws -> Match {
        var variables: [String] = []
        let node = nodes[try find(target, &variables)]
        let method = method == .head ? .get : method
        if let found = node.endpoints.first(where: { $0.method == method }) {
            return Match(endpoint: found.endpoint, variables: variables)
        }
        if let incomplete = node.incomplete.first(where: { $0.method == method }) {
            throw NGSILDError(.badRequestData, "the path ends where \(incomplete.missing) has to follow")
        }
        throw Refusal.methodNotAllowed(
            allowed: node.endpoints.flatMap { $0.method == .get ? [.get, .head] : [$0.method] })
    }

    private func find(_ target: String, _ variables: inout [String]) throws(NGSILDError) -> Int {
        let bytes = target.utf8Span.span
        var node = 0
        var start = 1
        for index in bytes.indices.dropFirst() where bytes[index] == slash || bytes[index] == questionMark {
            let isEnd = bytes[index] == questionMark
            // A slash at the end leaves nothing behind it.
            if !isEnd || index > start {
                node = try step(from: node, over: bytes.extracting(start..<index), &variables)
            }
            start = index + 1
            if isEnd { return try endpoint(node) }
        }
        if start < bytes.count { node = try step(from: node, over: bytes.extracting(start...), &variables) }
        return try endpoint(node)
    }

    private func endpoint(_ node: Int) throws(NGSILDError) -> Int {
        guard nodes[node].endpoints.isEmpty else { return node }
        throw Self.unknownPath
    }

    private func step(
        from node: Int, over segment: Span<UInt8>, _ variables: inout [String]
    ) throws(NGSILDError) -> Int {
        for literal in nodes[node].literals where isSame(literal.text, segment) { return literal.node }
        guard let next = nodes[node].variable else { throw Self.unknownPath }
        guard !segment.isEmpty else {
            throw NGSILDError(
                .badRequestData, "a segment of the path is empty where an id or a name has to be")
        }
        variables.append(try text(of: segment))
        return next
    }

    private func text(of segment: Span<UInt8>) throws(NGSILDError) -> String {
        try segment.withUnsafeBufferPointer { bytes throws(NGSILDError) in
            try percentDecoded(bytes, in: "the path")
        }
    }

    private func isSame(_ literal: [UInt8], _ segment: Span<UInt8>) -> Bool {
        guard literal.count == segment.count else { return false }
        for index in literal.indices where literal[index] != segment[index] { return false }
        return true
    }

    private static let unknownPath = NGSILDError(
        .resourceNotFound, "there is no resource at this path: the NGSI-LD resources begin with /ngsi-ld/v1/")
}

private let slash = UInt8(ascii: "/")
private let questionMark = UInt8(ascii: "?")
