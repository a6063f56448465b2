import HTTP
import NGSILD

/// The addresses of the pages before and after this one (6.3.10, 5.5.9.2).
struct PageLinks {
    /// `/ngsi-ld/v1/entities`, without a slash at the end.
    let path: String
    /// The parameters of the request.
    let parameters: Parameters
    let limit: Int
    let offset: Int

    /// `</ngsi-ld/v1/entities?limit=1&offset=1&type=Building>;rel="next";type="application/json"`; nil: neither.
    func header(hasNext: Bool, type: MediaType) -> String? {
        var links: [String] = []
        if offset > 0 { links.append(link("prev", offset: max(0, offset - limit), type)) }
        if hasNext { links.append(link("next", offset: offset + limit, type)) }
        return links.isEmpty ? nil : links.joined(separator: ", ")
    }

    private func link(_ relation: String, offset: Int, _ type: MediaType) -> String {
        let pairs =
            parameters.fields.filter { !["limit", "offset"].contains($0.name) }
            + [("limit", String(limit)), ("offset", String(offset))]
        let query = pairs.sorted { $0.name < $1.name }
            .map { "\(queryEncoded($0.name))=\(queryEncoded($0.value))" }.joined(separator: "&")
        return "<\(path)?\(query)>;rel=\"\(relation)\";type=\"\(type.rawValue)\""
    }
}

/// `text` with what would end or break a link's target escaped, and the rest as it is, for people to read.
private func queryEncoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if byte <= 0x20 || byte >= 0x7F || #""<>#%&+\^`{|}"#.utf8.contains(byte) {
            bytes += "%\(String(byte >> 4, radix: 16, uppercase: true))".utf8
            bytes += String(byte & 15, radix: 16, uppercase: true).utf8
        } else {
            bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
