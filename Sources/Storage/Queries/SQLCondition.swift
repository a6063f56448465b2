import Postgres

/// What a part of a query says in SQL.
struct SQLCondition {
    /// All of it.
    var sql: SQL { hint.map { "(\($0) AND \(test))" } ?? test }
    /// Whether SQL decides as Swift does; if not, it lets through all that match, and Swift has to look again.
    let isExact: Bool
    /// What is quickly found out, and true of all that meet the condition.
    private let hint: SQL?
    private let test: SQL

    init(_ test: SQL, isExact: Bool = true, hint: SQL? = nil) {
        self.test = test
        self.isExact = isExact
        self.hint = hint
    }

    static let always = SQLCondition("true")
    static let never = SQLCondition("false")
    /// SQL has nothing to say.
    static let undecided = SQLCondition("true", isExact: false)

    // Neither adding to nor taking from a superset makes it none.

    /// Hints come before all else: PostgreSQL works through a condition in its order.
    static func all(_ parts: [SQLCondition]) -> SQLCondition {
        guard parts.count > 1 else { return parts.first ?? .always }
        let hints = parts.compactMap(\.hint)
        return SQLCondition(
            join(parts.map(\.test), " AND "), isExact: parts.allSatisfy(\.isExact),
            hint: hints.isEmpty ? nil : join(hints, " AND "))
    }

    static func any(_ parts: [SQLCondition]) -> SQLCondition {
        guard parts.count > 1 else { return parts.first ?? .never }
        let hints = parts.compactMap(\.hint)
        return SQLCondition(
            join(parts.map(\.sql), " OR "), isExact: parts.allSatisfy(\.isExact),
            hint: hints.count < parts.count ? nil : join(hints, " OR "))
    }

    private static func join(_ parts: [SQL], _ separator: SQL) -> SQL {
        parts.count == 1 ? parts[0] : "(\(parts.joined(separator: separator)))"
    }
}

/// The row that a condition is about: the name that its table has in the statement.
struct RowName {
    let alias: SQL
    private let depth: Int

    /// The entity itself.
    static let entity = RowName(depth: 0)

    private init(depth: Int) {
        self.depth = depth
        // A number of ours, no client's text.
        alias = depth == 0 ? "e" : SQL(stringLiteral: "l\(depth)")
    }

    /// The entity that this one's Relationship leads to.
    var linked: RowName { RowName(depth: depth + 1) }

    /// The document, of which nothing but the attribute `name` is looked at.
    func document(of name: String) -> SQL { "entity_part(\(alias).doc, \(Self.lineStart(name)))" }

    /// Whether there is an attribute of this name.
    func has(_ name: String) -> SQL { "strpos(\(alias).doc, \(Self.lineStart(name))) > 0" }

    /// Whether one of `strings` is in the document, a value or part of one: it costs a quarter of parsing an attribute.
    func holds(_ strings: [String]) -> SQL {
        let found = strings.map { "strpos(\(alias).doc, \(JSONPathWriter.quoted($0))) > 0" as SQL }
        return "(\(found.joined(separator: " OR ")))"
    }

    /// What the line of an attribute starts with in a document (`Attributes.document`).
    private static func lineStart(_ name: String) -> String { "\n\(JSONPathWriter.quoted(name)):" }
}
