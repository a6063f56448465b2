import NGSILD

/// The addresses of the pages before and after this one (6.3.10, 5.5.9.2).
struct PageLinks {
    /// `/ngsi-ld/v1/entities`, without a slash at the end.
    let path: String
    /// The parameters of the request.
    let parameters: Parameters
    let limit: Int
    let offset: Int
    /// Entities on this page: fewer than `limit` also where their bytes filled it (5.5.9.1).
    let served: Int

    /// From this offset on a next link also carries `pageAfter`: the page then costs the page, however deep.
    static let keyedOffsetMin = 1_000

    /// What `Link` says of the pages; nil: there are no others.
    ///
    ///     </ngsi-ld/v1/entities?limit=1&offset=1&type=Building>;rel="next";type="application/json"
    ///
    /// `after` is the key of the next page where its result has one.
    func header(hasNext: Bool, after: String?, type: MediaType) -> String? {
        guard limit > 0 else { return nil }
        var links: [String] = []
        if offset > 0 { links.append(link("prev", offset: max(0, offset - limit), after: nil, type)) }
        if hasNext {
            let next = offset + served
            links.append(link("next", offset: next, after: next >= Self.keyedOffsetMin ? after : nil, type))
        }
        return links.isEmpty ? nil : links.joined(separator: ", ")
    }

    private func link(_ relation: String, offset: Int, after: String?, _ type: MediaType) -> String {
        var pairs = parameters.fields.filter { !["limit", "offset", "pageAfter"].contains($0.name) }
        pairs += [("limit", String(limit)), ("offset", String(offset))]
        if let after { pairs.append(("pageAfter", after)) }
        var text = "<\(path)"
        var separator = "?"
        for (name, value) in pairs.sorted(by: { $0.name < $1.name }) {
            text += separator
            text += queryEncoded(name)
            text += "="
            text += queryEncoded(value)
            separator = "&"
        }
        return text + ">;rel=\"\(relation)\";type=\"\(type.rawValue)\""
    }
}

/// `text` with what would end or break a link's target escaped, and the rest as it is, for people to read.
private func queryEncoded(_ text: String) -> String {
    guard text.utf8.contains(where: isEscaped) else { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if isEscaped(byte) {
            bytes += "%\(String(byte >> 4, radix: 16, uppercase: true))".utf8
            bytes += String(byte & 15, radix: 16, uppercase: true).utf8
        } else {
            bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func isEscaped(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        false
    case ...0x20, 0x7F...: true
    default: #""<>#%&+\^`{|}"#.utf8.contains(byte)
    }
}
