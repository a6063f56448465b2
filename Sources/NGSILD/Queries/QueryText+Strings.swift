extension QueryText {
    /// A JSON string (RFC 8259); with `keepsUnknownEscapes`, `\.` stays what it is: patterns are often written
    /// without doubling.
    mutating func quoted(keepsUnknownEscapes: Bool) throws(NGSILDError) -> String {
        let start = position
        advance()
        var bytes: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            advance()
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escape = next else { break }
            advance()
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(escape)
            case UInt8(ascii: "b") where !keepsUnknownEscapes: bytes.append(0x08)
            case UInt8(ascii: "f") where !keepsUnknownEscapes: bytes.append(0x0C)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "u"): bytes += try unicodeEscape()
            case _ where keepsUnknownEscapes: bytes += [byte, escape]
            default: throw failure("an escape that JSON has not", at: position - 2)
            }
        }
        guard take("\"") else { throw failure("the string does not end", at: start) }
        guard !bytes.contains(0) else { throw failure("U+0000 is in no stored text", at: start) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The rest of `\uXXXX`, surrogate pairs included.
    private mutating func unicodeEscape() throws(NGSILDError) -> [UInt8] {
        let start = position - 2
        guard var value = hexadecimal() else { throw failure("\\u needs four digits", at: start) }
        if (0xD800..<0xDC00).contains(value), take("\\u"), let low = hexadecimal(),
            (0xDC00..<0xE000).contains(low)
        {
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw failure("half of a surrogate pair", at: start)
        }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() -> UInt32? {
        let start = position
        for _ in 0..<4 where next != nil { advance() }
        let digits = text(from: start)
        return digits.utf8.count == 4 ? UInt32(digits, radix: 16) : nil
    }
}
