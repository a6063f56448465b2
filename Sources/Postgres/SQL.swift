/// SQL text in the making, whose `\(values)` are bound as parameters, never pasted into the text.
///
/// `\(fragment)` splices other SQL with its parameters, `\(raw: "ASC")` a constant of ours.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    // Parameter i stands between pieces i and i + 1; the numbers are given once, by `text`.
    private var pieces: [String]
    package private(set) var parameters = Parameters()

    package init(stringLiteral text: String) {
        pieces = [text]
    }

    package init(stringInterpolation interpolation: Interpolation) {
        self = interpolation.sql
    }

    /// The text with numbers (`$1` and so on) for its parameters.
    package var text: String {
        var text = pieces[0]
        for (index, piece) in pieces.dropFirst().enumerated() {
            text += "$\(index + 1)"
            text += piece
        }
        return text
    }

    package static func += (left: inout SQL, right: SQL) {
        left.append(text: right.pieces[0])
        left.pieces += right.pieces.dropFirst()
        left.parameters.append(contentsOf: right.parameters)
    }

    private mutating func append(text: String) {
        pieces[pieces.count - 1] += text
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            sql.append(text: literal)
        }

        package mutating func appendInterpolation(_ value: some PostgresParameter) {
            sql.parameters.append(value)
            sql.pieces.append("")
        }

        package mutating func appendInterpolation(_ fragment: SQL) {
            sql += fragment
        }

        package mutating func appendInterpolation(raw constant: StaticString) {
            sql.append(text: "\(constant)")
        }
    }
}

extension Sequence<SQL> {
    /// The fragments with `separator` between them.
    package func joined(separator: SQL) -> SQL {
        var joined: SQL = ""
        for (index, fragment) in enumerated() {
            if index > 0 { joined += separator }
            joined += fragment
        }
        return joined
    }
}
