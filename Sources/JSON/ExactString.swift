import Glibc

/// A string as a key that is compared byte by byte.
///
/// Swift's own `==` equates strings that Unicode holds canonically equivalent; to JSON, to IRIs and to the
/// database they are different names.
package struct ExactString: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ExactString, right: ExactString) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// Equality of the UTF-8, without regard to what Unicode holds equivalent.
    package func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        var (left, right) = (self, other)
        return left.withUTF8 { left in right.withUTF8 { sameBytes(left, $0) } }
    }

    /// Whether `byte`, which is ASCII, is in it.
    package func contains(byte: UInt8) -> Bool {
        var text = self
        return text.withUTF8 { $0.contains(byte) }
    }

    /// What follows `prefix`, compared byte by byte; nothing where there is nothing or it does not begin so.
    package func dropping(prefix: String) -> String? {
        guard utf8.count > prefix.utf8.count else { return nil }
        var (text, start) = (self, prefix)
        return text.withUTF8 { text in
            start.withUTF8 { start in
                guard sameBytes(UnsafeBufferPointer(rebasing: text[..<start.count]), start) else {
                    return nil
                }
                return String(decoding: text[start.count...], as: UTF8.self)
            }
        }
    }
}

/// Whether two runs have the same bytes.
func sameBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    guard let start = left.baseAddress, let other = right.baseAddress else { return true }
    return memcmp(start, other, left.count) == 0
}
