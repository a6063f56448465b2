import NGSILD
import Postgres

/// Rows of a value index that find all entities which meet a term of `q`, and maybe others.
struct ValueLookup {
    let index: ValueIndex
    /// Conditions on rank, number and text, each a range of the index.
    private let parts: [SQL]
    /// Whether each part is one value, whose rows stand in the order of their ids.
    let isPoints: Bool

    /// Values that are looked up one by one, their rows merged; a longer list is one condition.
    private static let pointsMax = 16

    /// nil: `index` says nothing of `test`.
    init?(_ test: AttributeQuery.Test, in index: ValueIndex) {
        self.index = index
        switch test {
        case .absent: return nil
        // Whatever has a value: few, where the attribute is rare.
        case .exists, .equals(_, negated: true), .matches(_, negated: true):
            (parts, isPoints) = (["rank < 9"], false)
        case .equals(let candidates, negated: false):
            let values = Values(candidates)
            isPoints = values.ranges.isEmpty && values.count <= Self.pointsMax
            parts = isPoints ? values.points : values.conditions
        case .ordered(let order, let literal):
            (parts, isPoints) = (Self.ranges(order, literal), false)
        case .matches(let pattern, negated: false):
            guard !pattern.literalPrefix.isEmpty else { return nil }
            let last = pattern.literalPrefix + "\u{10FFFF}"
            (parts, isPoints) = (Self.texts(from: pattern.literalPrefix, to: last), false)
        }
        if parts.isEmpty { return nil }
    }

    /// The ids in no order, each once or several times.
    var rows: SQL {
        // What is computed has no order: else the index by id would be read from end to end for it.
        parts.map {
            """
            SELECT id || '' AS id FROM entity_value
            WHERE index = \(index.key) AND is_first = ANY ('{t,f}') AND \($0)
            """ as SQL
        }
        .joined(separator: " UNION ALL ")
    }

    /// Scans that each give ids in their order, maybe several times: of values those alone, else the whole index by
    /// id, which is narrower than the entities.
    var scans: [SQL] {
        let start: SQL = "SELECT id FROM entity_value WHERE index = \(index.key)"
        guard isPoints else { return ["\(start) AND (\(parts.joined(separator: " OR ")))"] }
        return parts.flatMap {
            ["\(start) AND is_first AND \($0)", "\(start) AND NOT is_first AND \($0)"] as [SQL]
        }
    }

    // MARK: Ranges

    private static func ranges(_ order: AttributeQuery.Order, _ literal: Literal) -> [SQL] {
        let isUpper = order == .less || order == .lessOrEqual
        switch literal {
        case .number(let number): return ["rank = 0 AND number \(order.sql) \(number.text)::numeric"]
        case .string(let text): return isUpper ? texts(from: "", to: text) : texts(from: text, to: nil)
        case .moment(let moment):
            return [isUpper ? moments(from: nil, to: moment) : moments(from: moment, to: nil)]
        case .bool, .uri, .expanded: return []
        }
    }

    /// Texts that say a moment: as times, dates and date-times are kept, or in a form that is none of these.
    fileprivate static func moments(from low: Moment?, to high: Moment?) -> SQL {
        let lower: SQL = low.map { " AND text >= \($0.prefix)" } ?? ""
        let upper: SQL = high.map { " AND text <= \($0.prefix + Moment.afterSuffixes)" } ?? ""
        return "rank IN (1, 5, 6, 7) AND number = 0\(lower)\(upper)"
    }

    /// Texts by their code points: each kind is cut, and so are the ends, which are included.
    fileprivate static func texts(from low: String, to high: String?) -> [SQL] {
        func kind(_ ranks: SQL, _ count: Int, _ end: String) -> SQL {
            let upper: SQL = high.map { " AND text <= \($0.cut(count) + end)" } ?? ""
            return "rank IN (\(ranks)) AND number = 0 AND text >= \(low.cut(count))\(upper)"
        }
        // Up to the whole second times and date-times are kept as they are written.
        return [
            kind("1, 6", ValueIndex.textCharactersMax, ""), kind("5", 8, Moment.afterSuffixes),
            kind("7", 19, Moment.afterSuffixes),
        ]
    }
}

/// The values of a list after `==`, by what an index finds them.
private struct Values {
    private var numbers: [String] = []
    private var texts: [String] = []
    private var flags: [Bool] = []
    private(set) var ranges: [SQL] = []

    init(_ candidates: [AttributeQuery.Candidate]) {
        for candidate in candidates { add(candidate) }
    }

    var count: Int { numbers.count + texts.count + flags.count }

    private mutating func add(_ candidate: AttributeQuery.Candidate) {
        switch candidate {
        case .range(.number(let low), .number(let high)):
            ranges.append("rank = 0 AND number BETWEEN \(low.text)::numeric AND \(high.text)::numeric")
        case .range(.string(let low), .string(let high)):
            ranges += ValueLookup.texts(from: low, to: high)
        case .range(.moment(let low), .moment(let high)):
            ranges.append(ValueLookup.moments(from: low, to: high))
        case .range: break
        case .value(.number(let number)): numbers.append(number.text)
        case .value(.bool(let flag)): flags.append(flag)
        case .value(.moment(let moment)): ranges.append(ValueLookup.moments(from: moment, to: moment))
        case .value(.string(let text)), .value(.uri(let text)), .value(.expanded(let text)):
            texts.append(text)
            // A VocabProperty keeps IRIs by their stored names.
            let stored = Context.storedName(ofIRI: text)
            if stored != text { texts.append(stored) }
        }
    }

    /// A condition for each value.
    var points: [SQL] {
        flagConditions + numbers.map { "rank = 0 AND number = \($0)::numeric AND text = ''" }
            + texts.map {
                "rank = text_rank(\($0)) AND number = 0 AND text = text_key(\($0), text_rank(\($0)))"
            }
    }

    /// Conditions for all of them and the ranges.
    var conditions: [SQL] {
        var conditions = ranges + flagConditions
        if !numbers.isEmpty { conditions.append("rank = 0 AND number = ANY (\(numbers)::numeric[])") }
        if !texts.isEmpty {
            let keys: SQL = "SELECT text_key(value, text_rank(value)) FROM unnest(\(texts)) AS value"
            conditions.append("rank IN (1, 5, 6, 7) AND number = 0 AND text = ANY (ARRAY(\(keys)))")
        }
        return conditions
    }

    private var flagConditions: [SQL] {
        flags.map { "rank = 4 AND number = 0 AND text = \($0 ? "true" : "false")" }
    }
}

extension String {
    /// The first `count` characters as PostgreSQL counts them: code points.
    fileprivate func cut(_ count: Int) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
    }
}
