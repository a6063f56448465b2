import HTTP

/// The description of all routes (OpenAPI 3.1) for tools: `Schemas/openapi/openapi.json`, which the binary carries.
enum OpenAPI {
    private static let body = Array(text.utf8)

    /// `GET /openapi.json`: 304 where the client has it already (RFC 9110 §13.1.2).
    static func answer(to request: APIRequest) -> Response {
        let known = request.header("If-None-Match")
        var response = known?.firstRange(of: entityTag) == nil ? .plain(body) : Response(status: 304)
        // Weak: the same content may be compressed for one client and not for another.
        response.headers.add("ETag", "W/\(entityTag)")
        return response
    }
}
