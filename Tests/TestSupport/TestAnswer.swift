import HTTP
package import JSON

/// An answer, as a test looks at it.
package struct TestAnswer {
    package let status: Int
    package let body: [UInt8]
    private let headers: Headers

    init(_ response: Response) {
        status = response.status
        body = response.body
        headers = response.headers
    }

    package func header(_ name: String) -> String? { headers[name] }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body; null where it is no JSON.
    package var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

    /// The last part of an error's type: `BadRequestData`.
    package var problem: String? {
        json["type"]?.string.flatMap { $0.split(separator: "/").last.map(String.init) }
    }
}
