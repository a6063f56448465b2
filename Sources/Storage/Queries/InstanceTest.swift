import NGSILD
import Postgres

/// A test of an attribute's value, as one SQL/JSON path: the instances that the names lead to, filtered by a
/// predicate on the member that holds their value.
///
/// An instance has one of `value`, `json`, `valueList`, `languageMap`, `vocab`, `object`, `objectList`, so "one of
/// them meets it" is "its value meets it".
struct InstanceTest {
    let path: AttributePath
    let row: RowName

    /// A place where a value can be, seen from its instance (`@`).
    private struct Place {
        let accessor: String
        /// What has to hold above it: a path inside a value goes through objects alone.
        var guards: [String] = []
        var kind: Kind

        enum Kind { case value, array, texts, objects, vocabulary }

        var holdsTextOnly: Bool { kind == .texts || kind == .objects || kind == .vocabulary }
    }

    private var document: SQL { row.document(of: path.names.first ?? "") }
    private var instances: String { "$" + JSONPathWriter.accessors(path.names) }

    func condition(_ test: AttributeQuery.Test) -> SQLCondition {
        var writer = JSONPathWriter()
        switch test {
        case .absent: return .never
        case .exists:
            guard !path.members.isEmpty else {
                return path.names.count == 1
                    ? SQLCondition(row.has(path.names[0]))
                    : SQLCondition(writer.exists(instances, in: document))
            }
            return exists(existence, writer)
        case .equals(let candidates, let negated):
            return equality(candidates, negated: negated, &writer)
        case .ordered(let order, let literal):
            let predicates = places.compactMap { ordered($0, order, literal, &writer) }
            return predicates.isEmpty
                ? .never : exists(Self.any(predicates), writer, isExact: !literal.isMoment)
        case .matches(let pattern, let negated):
            return matches(pattern, negated: negated)
        }
    }

    private func exists(
        _ predicate: String, _ writer: JSONPathWriter, isExact: Bool = true, hint: SQL? = nil
    ) -> SQLCondition {
        SQLCondition(
            writer.exists("\(instances) ? (\(predicate))", in: document), isExact: isExact, hint: hint)
    }

    /// The value is there: with a path inside it, not every value has it.
    private var existence: String {
        Self.any(places.map { Self.all($0.guards + ["exists(\($0.accessor))"]) })
    }

    private var places: [Place] {
        guard let first = path.members.first else {
            return [
                Place(accessor: "@.value", kind: .value),
                // Of a JSON-LD value object, as annex C.6 has it for date-times.
                Place(
                    accessor: #"@.value."@value""#, guards: [#"@.value.type() == "object""#], kind: .value),
                Place(accessor: "@.object", kind: .objects),
                Place(accessor: "@.vocab", kind: .vocabulary),
                Place(accessor: "@.languageMap.*", kind: .texts),
                Place(accessor: "@.json", kind: .value), Place(accessor: "@.valueList", kind: .array),
                Place(accessor: "@.objectList", kind: .objects),
                Place(accessor: "@.objectList.object", kind: .objects),
            ]
        }
        var places = ["@.value", "@.json"].map { place(inside: $0) }
        if path.members.count == 1 {
            let tag = first == "*" ? ".*" : JSONPathWriter.accessors([first])
            places.append(Place(accessor: "@.languageMap" + tag, kind: .texts))
        }
        return places
    }

    private func place(inside root: String) -> Place {
        var accessor = root
        var guards: [String] = []
        for member in path.members {
            guards.append(#"\#(accessor).type() == "object""#)
            accessor += JSONPathWriter.accessors([member])
        }
        return Place(accessor: accessor, guards: guards, kind: .value)
    }

    // MARK: Equality

    private func equality(
        _ candidates: [AttributeQuery.Candidate], negated: Bool, _ writer: inout JSONPathWriter
    ) -> SQLCondition {
        let isExact = candidates.allSatisfy(\.isExact)
        guard !negated || isExact else {
            return SQLCondition(condition(.exists).sql, isExact: false)
        }
        let predicates = places.flatMap { place in
            candidates.compactMap { candidate in
                equals(place, candidate, &writer).map { (place, Self.all(place.guards + [$0])) }
            }
        }
        let equal = Self.plainFirst(predicates.map { ($0.0.accessor.hasPrefix("@.value"), $0.1) })
        guard negated else {
            guard let equal else { return .never }
            let hint = Self.texts(of: candidates).map(row.holds)
            return exists(equal, writer, isExact: isExact, hint: hint)
        }
        // A comparison of different types is unknown, and then not equal.
        let unequal = equal.map { "!(\($0)) || (\($0)) is unknown" } ?? "1 == 1"
        return exists(path.members.isEmpty ? unequal : "(\(existence)) && (\(unequal))", writer)
    }

    /// Candidates that are looked for in the text of a document before an attribute of it is parsed.
    private static let textsMax = 4

    /// What a value has to be as it stands in a document; nil where candidates are not only a few strings.
    private static func texts(of candidates: [AttributeQuery.Candidate]) -> [String]? {
        var texts: [String] = []
        for candidate in candidates.prefix(textsMax + 1) {
            guard case .value(let literal) = candidate, let text = literal.text else { return nil }
            texts.append(text)
            // A vocabulary term is kept under its stored name.
            if text.contains(":") { texts.append(Context.storedName(ofIRI: text)) }
        }
        return candidates.count <= textsMax ? texts : nil
    }

    /// Most attributes are Properties: for them the other places are not looked at.
    private static func plainFirst(_ predicates: [(isPlain: Bool, text: String)]) -> String? {
        let plain = predicates.filter(\.isPlain).map(\.text)
        let others = predicates.filter { !$0.isPlain }.map(\.text)
        guard !plain.isEmpty, !others.isEmpty else { return predicates.isEmpty ? nil : any(plain + others) }
        return any(plain + [#"(@.type != "Property" && (\#(any(others))))"#])
    }

    private func equals(
        _ place: Place, _ candidate: AttributeQuery.Candidate, _ writer: inout JSONPathWriter
    ) -> String? {
        switch candidate {
        case .value(let literal): return equals(place, literal, &writer)
        case .range(let low, let high):
            // A URI has no order.
            guard place.kind != .objects, place.kind != .vocabulary else { return nil }
            guard let within = writer.within(low, high, holdsText: place.holdsTextOnly) else { return nil }
            return "exists(\(place.accessor) ? \(within))"
        }
    }

    private func equals(_ place: Place, _ literal: Literal, _ writer: inout JSONPathWriter) -> String? {
        switch literal {
        case .bool(let flag):
            return place.holdsTextOnly ? nil : "\(place.accessor) == \(flag)"
        case .number(let number):
            return place.holdsTextOnly ? nil : "\(place.accessor) == \(writer.variable(number))"
        case .string(let text), .uri(let text), .expanded(let text):
            guard place.kind == .vocabulary else { return "\(place.accessor) == \(writer.variable(text))" }
            // Only an IRI can equal one; it is kept under its stored name.
            return text.contains(":")
                ? "\(place.accessor) == \(writer.variable(Context.storedName(ofIRI: text)))" : nil
        case .moment(let moment):
            guard place.kind != .objects, place.kind != .vocabulary else { return nil }
            guard moment.kind != .date else {
                return "\(place.accessor) == \(writer.variable(moment.prefix))"
            }
            return "exists(\(place.accessor) ? \(writer.range(moment, moment)))"
        }
    }

    // MARK: Order

    private func ordered(
        _ place: Place, _ order: AttributeQuery.Order, _ literal: Literal, _ writer: inout JSONPathWriter
    ) -> String? {
        let type: String
        let comparison: String
        switch (place.kind, literal) {
        case (.objects, _), (.vocabulary, _), (.array, _), (_, .bool), (_, .uri), (_, .expanded): return nil
        case (.texts, .number): return nil
        case (_, .number(let number)):
            type = "number"
            comparison = "\(order.symbol) \(writer.variable(number))"
        case (_, .string(let text)):
            type = "string"
            comparison = "\(order.symbol) \(writer.variable(text))"
        case (_, .moment(let moment)):
            type = "string"
            comparison = writer.superset(order, moment)
        }
        let compares = "\(place.accessor) \(comparison)"
        guard place.kind == .value else { return compares }
        // An array would be unwrapped, but an array has no order.
        return Self.all(place.guards + [#"\#(place.accessor).type() == "\#(type)""#, compares])
    }

    // MARK: Patterns

    private func matches(_ pattern: Pattern, negated: Bool) -> SQLCondition {
        guard pattern.isPortable else { return SQLCondition(condition(.exists).sql, isExact: false) }
        let parts = places.filter { $0.kind == .value || $0.kind == .texts }.map { place in
            matches(pattern, negated: negated, place)
        }
        return .any(parts)
    }

    private func matches(_ pattern: Pattern, negated: Bool, _ place: Place) -> SQLCondition {
        let guarded = place.guards.isEmpty ? "" : " ? (\(Self.all(place.guards)))"
        let accessor = place.accessor.dropFirst()
        guard !negated || place.kind == .value else {
            // Of several languages none may match: Swift decides.
            let path = "\(instances)\(accessor)"
            return SQLCondition(JSONPathWriter().exists(path, in: document), isExact: false)
        }
        let values = JSONPathText(
            text: "\(instances)\(guarded)\(accessor)\(place.kind == .texts ? "[*]" : "")")
        let sign: SQL = negated ? "!~" : "~"
        return SQLCondition(
            """
            EXISTS (SELECT FROM jsonb_path_query(\(document), \(values)) AS text (value)
            WHERE jsonb_typeof(text.value) = 'string'
            AND (text.value #>> '{}') COLLATE "C" \(sign) ('(?e)' || \(pattern.text)))
            """)
    }

    private static func any(_ predicates: [String]) -> String { predicates.joined(separator: " || ") }

    private static func all(_ predicates: [String]) -> String {
        predicates.count == 1 ? predicates[0] : "(" + predicates.joined(separator: " && ") + ")"
    }
}

extension AttributeQuery.Candidate {
    /// Whether SQL/JSON compares as 4.9 does: texts of moments only where they have one form.
    fileprivate var isExact: Bool {
        switch self {
        case .value(.moment(let moment)): moment.kind == .date
        case .range(.moment, _): false
        case .value, .range: true
        }
    }
}

extension JSONPathWriter {
    /// A predicate on `@`, from `low` to `high`; nil where a text cannot meet it and there are only texts.
    ///
    /// It asks for the type, or an array inside an array would be unwrapped too.
    fileprivate mutating func within(_ low: Literal, _ high: Literal, holdsText: Bool) -> String? {
        switch (low, high) {
        case (.number(let low), .number(let high)):
            holdsText ? nil : #"(@.type() == "number" && @ >= \#(variable(low)) && @ <= \#(variable(high)))"#
        case (.string(let low), .string(let high)):
            #"(@.type() == "string" && @ >= \#(variable(low)) && @ <= \#(variable(high)))"#
        case (.moment(let low), .moment(let high)): range(low, high)
        default: nil
        }
    }
}
