extension JSONParser {
    /// Reads a string whose opening quote is at the position.
    mutating func string(_ source: Span<UInt8>) throws(JSONFault) {
        position += 1
        let start = position
        var isEscaped = false
        while true {
            skipPlain(source)
            guard position < end else { throw JSONFault(reason: "The JSON text ends inside a string.") }
            let byte = source[position]
            switch byte {
            case UInt8(ascii: "\""):
                append(.string, from: start, to: position, isEscaped: isEscaped)
                position += 1
                return
            case UInt8(ascii: "\\"):
                isEscaped = true
                try escape(source)
            case ..<0x20: throw JSONFault(reason: "A control character in a string has to be escaped.")
            case 0x80...: try multibyte(source)
            default: position += 1
            }
        }
    }

    /// Skips eight bytes at a time while none is a quote, a backslash, a control character or not ASCII.
    @inline(__always)
    private mutating func skipPlain(_ source: Span<UInt8>) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        while end - position >= 8 {
            let word = source.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            // The classic test for a zero byte (x - 1 & ~x), three times, and the high bit of what is not ASCII.
            let special =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
                | ((word &- ones &* 0x20) & ~word) | word
            let found = special & (ones &* 0x80)
            guard found == 0 else {
                position += found.trailingZeroBitCount >> 3
                return
            }
            position += 8
        }
    }

    /// Reads an escape whose backslash is at the position.
    ///
    /// U+0000 is refused: PostgreSQL cannot hold it.
    @inline(never)
    private mutating func escape(_ source: Span<UInt8>) throws(JSONFault) {
        guard end - position >= 2 else { throw JSONFault(reason: "The JSON text ends inside a string.") }
        switch source[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "/"):
            position += 2
            lastLoose = position
        case UInt8(ascii: "u"):
            lastLoose = position + 2
            let unit = try hexadecimal(source, at: position + 2)
            guard unit != 0 else {
                throw JSONFault(reason: "A string must not contain the character U+0000.")
            }
            guard 0xD800..<0xE000 ~= unit else { return position += 6 }
            guard unit < 0xDC00, end - position >= 12, source[position + 6] == UInt8(ascii: "\\"),
                source[position + 7] == UInt8(ascii: "u"),
                0xDC00..<0xE000 ~= (try hexadecimal(source, at: position + 8))
            else { throw JSONFault(reason: "A string must not contain half of a surrogate pair.") }
            position += 12
        default: throw JSONFault(reason: "This escape sequence does not exist in JSON.")
        }
    }

    private func hexadecimal(_ source: Span<UInt8>, at index: Int) throws(JSONFault) -> UInt32 {
        guard end - index >= 4 else { throw JSONFault(reason: "The JSON text ends inside a string.") }
        var unit: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = JSONText.hexadecimalDigit(source[index + offset]) else {
                throw JSONFault(reason: "Four hexadecimal digits are expected after \\u.")
            }
            unit = unit << 4 | digit
        }
        return unit
    }

    /// Reads one character beyond ASCII: shortest form, no surrogate, up to U+10FFFF (RFC 3629).
    @inline(never)
    private mutating func multibyte(_ source: Span<UInt8>) throws(JSONFault) {
        let lead = source[position]
        let length =
            switch lead {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: throw JSONFault(reason: "The string is not valid UTF-8.")
            }
        guard end - position >= length else { throw JSONFault(reason: "The string is not valid UTF-8.") }
        let second = source[position + 1]
        let allowed: ClosedRange<UInt8> =
            switch lead {
            case 0xE0: 0xA0...0xBF
            case 0xED: 0x80...0x9F
            case 0xF0: 0x90...0xBF
            case 0xF4: 0x80...0x8F
            default: 0x80...0xBF
            }
        guard allowed ~= second else { throw JSONFault(reason: "The string is not valid UTF-8.") }
        for index in 2..<max(length, 2) where !(0x80...0xBF ~= source[position + index]) {
            throw JSONFault(reason: "The string is not valid UTF-8.")
        }
        position += length
    }
}
