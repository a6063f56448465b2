/// Language tags (RFC 5646).
package enum LanguageTag {
    /// Whether `text` has the form of a tag: letters, then letters and digits, in parts of 1 to 8 joined by `-`.
    package static func isValid(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, first.allSatisfy(isLetter) else { return false }
        return parts.allSatisfy { part in
            (1...8).contains(part.count)
                && part.allSatisfy { isLetter($0) || $0 &- UInt8(ascii: "0") < 10 }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
}
