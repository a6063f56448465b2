/// A member of an object that has a line of its own: its name and value, and what was said of it.
package struct JSONLine {
    package let text: UnsafeBufferPointer<UInt8>
    package let mark: JSONLineMark
}

/// White space at the end of a member's line; what it says is the business of those who write and read the document.
package enum JSONLineMark: Sendable {
    case none, tab, blank

    init(_ byte: UInt8) {
        self =
            switch byte {
            case UInt8(ascii: "\t"): .tab
            case UInt8(ascii: " "): .blank
            default: .none
            }
    }
}

extension JSONWriter {
    /// Begins a line for the member of an object that comes next and nothing else: commas have lines too.
    package mutating func beginLine() {
        if needsComma { append("\n,") }
        append("\n")
        needsComma = false
    }

    /// Marks the line whose value was written last.
    package mutating func mark(_ mark: JSONLineMark) {
        switch mark {
        case .none: break
        case .tab: append("\t")
        case .blank: append(" ")
        }
    }

    /// Ends the last line of an object.
    package mutating func endLines() { append("\n") }
}

extension JSONView {
    /// What is said of the line that this value ends; `other` where something else stands behind it.
    package func lineMark(else other: JSONLineMark) -> JSONLineMark {
        switch tape.source[rawRange.upperBound...].first {
        case UInt8(ascii: "\n"): .none
        case UInt8(ascii: "\t"): .tab
        default: other
        }
    }
}

extension JSONCursor.Members {
    /// The next member where it has a line of its own; `skip` passes over it.
    package func nextLine() -> JSONLine? { scan.line() }

    /// Passes over the member that `nextLine` gave.
    package mutating func skip(_ line: JSONLine) { scan.skip(line) }
}
