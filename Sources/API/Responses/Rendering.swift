package import HTTP
import NGSILD

extension Response {
    /// 204: neither body nor Content-Length (6.3.6).
    package static var noContent: Response { Response(status: 204) }

    /// 201 and the address of what was created; its ids are percent-encoded.
    package static func created(at collection: String, id: String) -> Response {
        var response = Response(status: 201)
        response.headers.add("Location", "\(collection)/\(percentEncoded(id))")
        return response
    }

    /// `body` as `type`; for JSON the client learns the `@context` from a Link header (6.3.6).
    package static func ok(_ body: [UInt8], as type: MediaType, link context: String?) -> Response {
        var response = Response(status: 200, body: body)
        response.headers.add("Content-Type", type.rawValue)
        if let context { response.headers.add("Link", ContextSource.link(to: context)) }
        return response
    }

    /// A JSON answer whose content no `@context` gives a meaning: errors, batch results, metadata.
    package static func plain(_ body: [UInt8], status: Int = 200, as type: MediaType = .json) -> Response {
        var response = Response(status: status, body: body)
        response.headers.add("Content-Type", type.rawValue)
        return response
    }
}
