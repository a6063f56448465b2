/// Strings as they stand in a JSON text.
enum JSONText {
    /// The value of a string's text; the parser has checked its escapes.
    static func unescape(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") else {
                bytes.append(text[index])
                index += 1
                continue
            }
            let letter = text[index + 1]
            index += 2
            switch letter {
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "u"): appendScalar(of: text, at: &index, to: &bytes)
            default: bytes.append(letter)
            }
        }
        return bytes
    }

    /// Appends the character whose four digits, or eight of a surrogate pair, begin at `index`.
    private static func appendScalar(
        of text: UnsafeBufferPointer<UInt8>, at index: inout Int, to bytes: inout [UInt8]
    ) {
        var code = unit(text, at: index)
        index += 4
        if 0xD800..<0xDC00 ~= code {
            code = 0x10000 + (code - 0xD800) << 10 + (unit(text, at: index + 2) - 0xDC00)
            index += 6
        }
        guard let scalar = Unicode.Scalar(code) else {
            preconditionFailure("the parser let half a pair pass")
        }
        bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    }

    private static func unit(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | (hexadecimalDigit(text[index + $1]) ?? 0) }
    }

    /// 0 to 15, or nothing where the byte is no hexadecimal digit.
    @inline(__always)
    static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
