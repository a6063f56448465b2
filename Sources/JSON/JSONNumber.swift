/// A number as its text: what a client writes is what it reads back.
package struct JSONNumber: Sendable, Hashable {
    /// By RFC 8259 section 6, verbatim.
    ///
    /// Two numbers are equal where their texts are.
    package let text: String

    /// A text that is known to be a JSON number.
    package init(text: String) { self.text = text }

    package init(_ value: Int) { text = String(value) }

    /// The shortest text that reads back as `value`, which must be finite.
    package init(_ value: Double) {
        precondition(value.isFinite, "JSON has no such number")
        text = "\(value)"
    }

    package var double: Double { Double(text) ?? .nan }

    /// The value where it is an integer, however it is written (`5`, `5.0`, `5e0`).
    package var integer: Int? { Int(text) ?? Int(exactly: double) }
}
