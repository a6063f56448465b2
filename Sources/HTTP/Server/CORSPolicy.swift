/// Which web pages may use the server from a browser (Fetch Standard, CORS).
package struct CORSPolicy: Sendable {
    package enum Origins: Sendable, Equatable {
        case any
        /// As browsers send them: `https://map.example.org`, without a path.
        case these(Set<String>)
    }

    package var origins: Origins
    /// Fields of an answer that a page may read, beyond the few that it always may.
    package var exposedHeaders = [
        "Link", "Location", "ETag", "Preference-Applied", "Retry-After", "NGSILD-Results-Count",
        "NGSILD-Tenant", "NGSILD-Warning",
        "NGSILD-EntityMap", "NGSILD-Snapshot", "X-Request-Id",
    ]
    package var methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    /// Seconds that a browser may remember a preflight's answer; Chromium takes 7 200 at most.
    package var maxAge = 7_200

    package init(origins: Origins) {
        self.origins = origins
    }

    /// The answer to a preflight; nil: `head` is none, or its origin is not allowed.
    func preflight(_ head: RequestHead) -> Response? {
        guard head.method == .options, let origin = allowed(head.headers["Origin"]),
            head.headers.contains("Access-Control-Request-Method")
        else { return nil }
        var response = Response(status: 204)
        response.headers.add("Access-Control-Allow-Origin", origin)
        response.headers.add("Access-Control-Allow-Methods", methods.joined(separator: ", "))
        if let wanted = head.headers["Access-Control-Request-Headers"] {
            // A list of names by the parser's leave, and the server decides by none of them.
            response.headers.add("Access-Control-Allow-Headers", wanted)
        }
        response.headers.add("Access-Control-Max-Age", "\(maxAge)")
        response.headers.add("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
        return response
    }

    /// Adds to an answer what lets a page of `head`'s origin read it.
    func permit(_ head: RequestHead, in headers: inout Headers) {
        if origins != .any { headers.add("Vary", "Origin") }
        guard let origin = allowed(head.headers["Origin"]) else { return }
        headers.add("Access-Control-Allow-Origin", origin)
        headers.add("Access-Control-Expose-Headers", exposedHeaders.joined(separator: ", "))
    }

    private func allowed(_ origin: String?) -> String? {
        guard let origin else { return nil }
        switch origins {
        case .any: return "*"
        case .these(let list): return list.contains(origin) ? origin : nil
        }
    }
}
