import NGSILD

/// A test of a member of an attribute that is no attribute: `observedAt`, `unitCode` and the like.
struct MemberTest {
    let path: AttributePath
    let row: RowName

    func condition(_ test: AttributeQuery.Test) -> SQLCondition {
        let name = path.names.last ?? ""
        guard path.members.isEmpty else { return .never }
        // An instance tells these two only where they differ from those above it.
        guard name != "createdAt", name != "modifiedAt" else {
            let owner = AttributePath(names: Array(path.names.dropLast()))
            return SQLCondition(InstanceTest(path: owner, row: row).condition(.exists).sql, isExact: false)
        }
        return QueriedEntity.isTemporalMember(name) ? moment(test) : text(test)
    }

    private var member: String { "$" + JSONPathWriter.accessors(path.names) }

    private func exists(_ predicate: String?, _ writer: JSONPathWriter, isExact: Bool = true) -> SQLCondition
    {
        let filter = predicate.map { " ? (\($0))" } ?? ""
        return SQLCondition(
            writer.exists(member + filter, in: row.document(of: path.names.first ?? "")), isExact: isExact)
    }

    // MARK: Moments: texts of one form, which order as they are written, but for the second's fraction

    private func moment(_ test: AttributeQuery.Test) -> SQLCondition {
        var writer = JSONPathWriter()
        switch test {
        case .absent, .matches: return .never
        case .exists, .equals(_, negated: true): return exists(nil, writer, isExact: test == .exists)
        case .equals(let candidates, negated: false):
            let predicates = candidates.compactMap { candidate -> String? in
                switch candidate {
                case .value(let literal): literal.asMoment.map { writer.range($0, $0) }
                case .range(let low, let high):
                    low.asMoment.flatMap { low in high.asMoment.map { writer.range(low, $0) } }
                }
            }
            return predicates.isEmpty
                ? .never : exists(predicates.joined(separator: " || "), writer, isExact: false)
        case .ordered(let order, let literal):
            guard let moment = literal.asMoment, moment.kind == .dateTime else { return .never }
            let isExact = moment.isWholeSecond && (order == .greaterOrEqual || order == .less)
            return exists("@ " + writer.superset(order, moment), writer, isExact: isExact)
        }
    }

    // MARK: Texts

    private func text(_ test: AttributeQuery.Test) -> SQLCondition {
        var writer = JSONPathWriter()
        switch test {
        case .absent: return .never
        case .exists: return exists(nil, writer)
        case .matches: return exists(nil, writer, isExact: false)
        case .equals(let candidates, let negated):
            let texts = candidates.compactMap { candidate -> String? in
                switch candidate {
                case .value(let literal): literal.text.map { "@ == \(writer.variable($0))" }
                case .range(.string(let low), .string(let high)):
                    "(@ >= \(writer.variable(low)) && @ <= \(writer.variable(high)))"
                case .range: nil
                }
            }
            let hasMoment = candidates.contains { $0.mentionsMoment }
            guard !hasMoment else { return exists(nil, writer, isExact: false) }
            guard !texts.isEmpty else { return negated ? exists(nil, writer) : .never }
            let equal = texts.joined(separator: " || ")
            return exists(negated ? "!(\(equal))" : equal, writer)
        case .ordered(let order, let literal):
            guard !literal.isMoment else { return exists(nil, writer, isExact: false) }
            guard case .string(let text) = literal else { return .never }
            return exists("@ \(order.symbol) \(writer.variable(text))", writer)
        }
    }
}

extension AttributeQuery.Candidate {
    fileprivate var mentionsMoment: Bool {
        switch self {
        case .value(let literal): literal.isMoment
        case .range(let low, _): low.isMoment
        }
    }
}

extension Literal {
    /// What it says of a moment: a string in quotes may be one too.
    var asMoment: Moment? {
        switch self {
        case .moment(let moment): moment
        case .string(let text): Moment(text)
        case .number, .bool, .uri, .expanded: nil
        }
    }
}

extension Moment {
    /// Sorts after whatever may follow a moment's `prefix` (`Z`, `.`, `,`, digits).
    static let afterSuffixes = "["

    var isWholeSecond: Bool { timestamp.map { $0.microseconds % 1_000_000 == 0 } ?? false }
}

extension JSONPathWriter {
    /// A comparison that every text of a moment meets which stands so to `moment`, and some of the same second.
    mutating func superset(_ order: AttributeQuery.Order, _ moment: Moment) -> String {
        switch order {
        case .greater, .greaterOrEqual: return ">= \(variable(moment.prefix))"
        case .less where moment.isWholeSecond: return "< \(variable(moment.prefix))"
        case .less, .lessOrEqual: return "< \(variable(moment.prefix + Moment.afterSuffixes))"
        }
    }

    /// A predicate on `@` that every text from `low` to `high` meets.
    mutating func range(_ low: Moment, _ high: Moment) -> String {
        "(@ \(superset(.greaterOrEqual, low)) && @ \(superset(.lessOrEqual, high)))"
    }
}
