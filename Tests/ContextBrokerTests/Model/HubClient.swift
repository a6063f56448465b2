import HTTP
import JSON
import Networking

/// A request to a hub, and its path under `/ngsi-ld/v1`.
struct HubRequest: CustomStringConvertible {
    var method: Method
    var path: String
    var body: JSONValue?

    init(_ method: Method, _ path: String, _ body: JSONValue? = nil) {
        (self.method, self.path, self.body) = (method, path, body)
    }

    /// `parameters` are escaped.
    init(_ method: Method, _ path: String, parameters: [(String, String)]) {
        let query = parameters.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        self.init(method, query.isEmpty ? path : "\(path)?\(query)")
    }

    var description: String {
        "\(method) \(path) \(body.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "")"
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte | 0x20 >= UInt8(ascii: "a")
            return isPlain && byte < 0x7B
                ? String(UnicodeScalar(byte))
                : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}

struct HubAnswer: CustomStringConvertible {
    let status: Int
    let headers: Headers
    /// null: it has none.
    let body: JSONValue

    var description: String { "\(status) \(String(decoding: body.bytes, as: UTF8.self))" }

    /// The last part of an error's type.
    var problem: String? {
        body["type"]?.string.flatMap { $0.split(separator: "/").last.map(String.init) }
    }

    /// The address of the next page, under `/ngsi-ld/v1`.
    var next: String? {
        guard let link = headers["Link"], let end = link.firstRange(of: #">;rel="next""#) else { return nil }
        let target = link[..<end.lowerBound]
        return target.lastIndex(of: "<").map { String(target[$0...].dropFirst("</ngsi-ld/v1".count)) }
    }
}

/// A client of a running hub, to be used on the worker of `reactor`; it sends as many requests at once as it is asked to.
final class HubClient {
    private let client: HTTPClient
    private let url: String

    init(_ url: String, on reactor: Reactor) {
        self.url = "\(url)/ngsi-ld/v1"
        client = HTTPClient(on: reactor)
    }

    func send(_ request: HubRequest) async throws -> HubAnswer {
        var headers = Headers()
        if request.body != nil { headers.add("Content-Type", "application/json") }
        let answer = try await client.send(
            ClientRequest(
                request.method, url + request.path, headers: headers, body: request.body?.bytes ?? []))
        let body = answer.body.isEmpty ? .null : try JSONValue(parsing: answer.body)
        return HubAnswer(status: answer.status, headers: answer.headers, body: body)
    }

    func get(_ path: String) async throws -> HubAnswer { try await send(HubRequest(.get, path)) }
}
