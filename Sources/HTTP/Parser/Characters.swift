/// The character classes of RFC 9110 and 9112, over bytes.
enum Characters {
    // One bit for each ASCII character: `!#$%&'*+-.^_`|~`, digits and letters (RFC 9110 §5.6.2).
    private static let tokenLow: UInt64 = 0x03FF_6CFA_0000_0000
    private static let tokenHigh: UInt64 = 0x57FF_FFFF_C7FF_FFFE

    static func isToken(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        let half = byte < 64 ? tokenLow : tokenHigh
        return half >> UInt64(byte & 63) & 1 == 1
    }

    /// Visible, space, tab or above ASCII: what a field value may hold (RFC 9110 §5.5).
    static func isFieldValue(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F || byte == 0x09
    }

    /// Visible ASCII.
    ///
    /// RFC 3986 allows less; clients send `"`, `<` or `|` in their queries all the same, and none of them is
    /// misread by anyone.
    static func isTarget(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F
    }

    /// What a host and port are made of: no user, no path, no list.
    static func isHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: ","),
            UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"):
            false
        default: isTarget(byte)
        }
    }

    static func hexDigit(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x37
        case 0x61...0x66: Int(byte) - 0x57
        default: nil
        }
    }
}
