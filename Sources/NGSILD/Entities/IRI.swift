/// The check for "valid URI" throughout the specification, which means IRIs (5.2.1, RFC 3987).
package enum IRI {
    /// Whether `text` is an absolute IRI, free of characters that cannot be seen.
    ///
    /// RFC 3987 admits invisible and bidirectional control characters; an id with one of them shows as
    /// another id in logs and lists, so it identifies nothing.
    package static func isValid(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(isValid(utf8:))
    }

    /// The same from bytes, without the quotes of a JSON string.
    package static func isValid(utf8 text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), isScheme(text[..<colon]),
            colon + 1 < text.count
        else { return false }
        var isPlain = true
        for byte in text[(colon + 1)...] {
            guard byte < 0x80 else {
                isPlain = false
                continue
            }
            guard isAllowed(ascii: byte) else { return false }
        }
        return isPlain
            || String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy { $0.isASCII || isVisible($0) }
    }

    private static func isScheme(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: isLetter(byte) || isDigit(byte)
            }
        }
    }

    // RFC 3986 without the square brackets' rule: they may stand anywhere, which costs nobody anything.
    private static func isAllowed(ascii byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: true
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .surrogate:
            return false
        default:
            let braillePatternBlank: Unicode.Scalar = "\u{2800}"
            return scalar != braillePatternBlank && !properties.isDefaultIgnorableCodePoint
                && !properties.isNoncharacterCodePoint
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}
