/// The names of attributes and types (4.6.2).
package enum Name {
    /// Whether `text` is `letter *(letter / number / _)`, with a prefix or not, or an absolute IRI.
    ///
    /// IRIs come from clients that expand names themselves, and from names no term of their @context fits.
    package static func isValid(_ text: String) -> Bool {
        var utf8 = text
        if utf8.withUTF8(isPlainASCII) { return true }
        if isPlain(text.unicodeScalars[...]) { return true }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scalars = text.unicodeScalars
        if isPlain(scalars[..<colon]), isPlain(scalars[scalars.index(after: colon)...]) { return true }
        return IRI.isValid(text)
    }

    // The usual case, several times faster.
    private static func isPlainASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, (first | 0x20) &- UInt8(ascii: "a") < 26 else { return false }
        return bytes.allSatisfy { byte in
            (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
                || byte == UInt8(ascii: "_")
        }
    }

    /// Whether `scalars` are a name without a prefix; a level of a scope follows the same rule (4.18).
    static func isPlain(_ scalars: Substring.UnicodeScalarView) -> Bool {
        guard let first = scalars.first, isLetter(first) else { return false }
        return scalars.dropFirst().allSatisfy { isLetter($0) || isNumber($0) || $0 == "_" }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
                return true
            default: return false
            }
        }
        return (UInt8(truncatingIfNeeded: scalar.value) | 0x20) &- UInt8(ascii: "a") < 26
    }

    private static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else {
            switch scalar.properties.generalCategory {
            case .decimalNumber, .letterNumber, .otherNumber: return true
            default: return false
            }
        }
        return UInt8(truncatingIfNeeded: scalar.value) &- UInt8(ascii: "0") < 10
    }
}
