package import NGSILD
import Postgres

/// A declared index on the values at a path of the entities of a type.
package struct ValueIndex: Sendable, Equatable {
    let key: Int32
    /// Stored name.
    package let type: String
    package let path: AttributePath
    /// Whether queries use it: it holds every entity of the type.
    package let isReady: Bool
    /// While it is filled: the id up to which it holds those that were there before.
    package let filled: String

    /// Rows of `entity_value` that an entity of the result has at least one of; nil where the index does not help.
    func candidates(for filter: AttributeQuery) -> SQL? {
        filter.conjuncts.lazy.compactMap { term in term.path == path ? ranges(for: term.test) : nil }.first
            .map { ranges in
                // What is computed has no order: else the index by id would be read from end to end for it.
                ranges.map { "SELECT id || '' AS id FROM entity_value WHERE index = \(key) AND \($0)" }
                    .joined(separator: " UNION ALL ")
            }
    }

    /// Ranges of the index that together hold all values that meet `test`, and maybe others.
    private func ranges(for test: AttributeQuery.Test) -> [SQL]? {
        switch test {
        case .exists, .absent, .equals(_, negated: true), .matches(_, negated: true): return nil
        case .equals(let candidates, negated: false): return candidates.flatMap(Self.ranges)
        case .ordered(let order, let literal): return Self.range(order, literal).map { [$0] }
        case .matches(let pattern, negated: false):
            guard !pattern.literalPrefix.isEmpty else { return nil }
            return [Self.texts(from: pattern.literalPrefix, to: pattern.literalPrefix + "\u{10FFFF}")]
        }
    }

    private static func ranges(_ candidate: AttributeQuery.Candidate) -> [SQL] {
        switch candidate {
        case .range(.number(let low), .number(let high)):
            return ["rank = 0 AND number BETWEEN \(low.text)::numeric AND \(high.text)::numeric"]
        case .range(.string(let low), .string(let high)): return [texts(from: low, to: high)]
        case .range(.moment(let low), .moment(let high)):
            return [texts(from: low.prefix, to: high.prefix + Moment.afterSuffixes)]
        case .value(.number(let number)): return ["rank = 0 AND number = \(number.text)::numeric"]
        case .value(.bool(let flag)): return ["rank = 4 AND number = 0 AND text = \(flag ? "true" : "false")"]
        case .value(.moment(let moment)):
            return [texts(from: moment.prefix, to: moment.prefix + Moment.afterSuffixes)]
        case .value(let literal):
            let text = literal.text ?? ""
            let forms = [text, Context.storedName(ofIRI: text)].map(cut)
            return ["rank = 1 AND number = 0 AND text = ANY(\(forms))"]
        case .range: return []
        }
    }

    private static func range(_ order: AttributeQuery.Order, _ literal: Literal) -> SQL? {
        let isUpper = order == .less || order == .lessOrEqual
        switch literal {
        case .number(let number): return "rank = 0 AND number \(order.sql) \(number.text)::numeric"
        case .string(let text): return isUpper ? texts(from: "", to: text) : texts(from: text, to: nil)
        case .moment(let moment):
            return isUpper
                ? texts(from: "", to: moment.prefix + Moment.afterSuffixes)
                : texts(from: moment.prefix, to: nil)
        case .bool, .uri, .expanded: return nil
        }
    }

    /// Texts are kept cut, which keeps their order: both ends are cut too, and included.
    private static func texts(from low: String, to high: String?) -> SQL {
        let upper: SQL = high.map { " AND text <= \(cut($0))" } ?? ""
        return "rank = 1 AND number = 0 AND text >= \(cut(low))\(upper)"
    }

    private static func cut(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(600)))
    }
}

extension AttributeQuery {
    /// The terms that all have to be met.
    fileprivate var conjuncts: [Term] {
        func terms(_ condition: Condition) -> [Term] {
            switch condition {
            case .term(let term): [term]
            case .all(let parts): parts.flatMap(terms)
            case .any: []
            }
        }
        return terms(root)
    }
}

extension AttributePath {
    /// As `q` writes it, with stored names: what a value index is known by.
    package var text: String {
        names.joined(separator: ".") + (members.isEmpty ? "" : "[\(members.joined(separator: "."))]")
    }

    /// Where its values can be, in the order in which `orderBy` takes the first (`EntityOrder`).
    var valuePaths: [JSONPathText] {
        let instance = "$" + JSONPathWriter.accessors(names)
        if let last = names.last, names.count > 1, QueriedEntity.isPlainMember(last) {
            return [JSONPathText(text: instance)]
        }
        let places = [".value", ".object", ".vocab", ".json", ".languageMap", ".valueList", ".objectList"]
        return places.map { place in
            let isWhole = members.isEmpty || (place == ".languageMap" && members == ["*"])
            let inside = isWhole ? "" : JSONPathWriter.accessors(members)
            return JSONPathText(text: instance + place + inside)
        }
    }

    /// All values that a query may compare with, those in arrays too.
    var elementPaths: [JSONPathText] {
        var paths: [String] = []
        for path in valuePaths.map(\.text) {
            paths.append(path + "[*]")
            if path.hasSuffix(".languageMap") { paths.append(path + ".*[*]") }
            if path.hasSuffix(".objectList") { paths.append(path + ".object") }
        }
        return paths.map { JSONPathText(text: $0) }
    }
}
