import NGSILD

/// `text` with its `%XX` decoded (RFC 3986 §2.1); `form` also reads `+` as a space, as HTML forms write it.
///
/// - Throws: `invalidRequest` naming `place`, and the `parameter` if it is one, where an escape is broken, or the bytes are no UTF-8 or hold a NUL.
func percentDecoded(
    _ text: some Collection<UInt8>, form: Bool = false, in place: String, of parameter: String? = nil
) throws(NGSILDError) -> String {
    if let plain = text.withContiguousStorageIfAvailable({ plainText($0, form: form) }) ?? nil {
        return plain
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text.makeIterator()
    while let byte = rest.next() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = rest.next().flatMap(hexadecimal), let low = rest.next().flatMap(hexadecimal)
            else {
                throw NGSILDError(
                    .invalidRequest, "a % in \(place) is not followed by two hexadecimal digits",
                    at: parameter)
            }
            bytes.append(high << 4 | low)
        case UInt8(ascii: "+") where form: bytes.append(UInt8(ascii: " "))
        default: bytes.append(byte)
        }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
        throw NGSILDError(.invalidRequest, "\(place) is not valid UTF-8", at: parameter)
    }
    guard !bytes.contains(0) else {
        throw NGSILDError(.invalidRequest, "\(place) contains a NUL character", at: parameter)
    }
    return decoded
}

/// `text` where there is nothing to decode nor to refuse, as nearly always; else nil.
private func plainText(_ text: UnsafeBufferPointer<UInt8>, form: Bool) -> String? {
    for byte in text {
        switch byte {
        case 0, 0x80..., UInt8(ascii: "%"): return nil
        case UInt8(ascii: "+") where form: return nil
        default: continue
        }
    }
    return String(decoding: text, as: UTF8.self)
}

/// `text` as one segment of a path (RFC 3986 §3.3): ids may hold `/`, `?`, `#` and anything beyond ASCII.
func percentEncoded(_ text: String) -> String {
    guard !text.utf8.allSatisfy(isPathCharacter) else { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if isPathCharacter(byte) {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func isPathCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"),
        UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","),
        UInt8(ascii: ";"), UInt8(ascii: "="):
        true
    default: false
    }
}

private func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

private func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}
