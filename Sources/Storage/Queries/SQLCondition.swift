import Postgres

/// What a part of a query says in SQL.
struct SQLCondition {
    let sql: SQL
    /// Whether SQL decides as Swift does; if not, it lets through all that match, and Swift has to look again.
    let isExact: Bool

    init(_ sql: SQL, isExact: Bool = true) {
        self.sql = sql
        self.isExact = isExact
    }

    static let always = SQLCondition("true")
    static let never = SQLCondition("false")
    /// SQL has nothing to say.
    static let undecided = SQLCondition("true", isExact: false)

    /// Neither adding to nor taking from a superset makes it none.
    static func all(_ parts: [SQLCondition]) -> SQLCondition {
        parts.isEmpty ? .always : join(parts, " AND ")
    }

    static func any(_ parts: [SQLCondition]) -> SQLCondition {
        parts.isEmpty ? .never : join(parts, " OR ")
    }

    private static func join(_ parts: [SQLCondition], _ separator: SQL) -> SQLCondition {
        parts.count == 1
            ? parts[0]
            : SQLCondition(
                "(\(parts.map(\.sql).joined(separator: separator)))", isExact: parts.allSatisfy(\.isExact))
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

    /// Whether one of `strings` can stand in the document: as it is written here, or with other escapes; nil where that
    /// cannot be told. It costs a quarter of parsing the attribute.
    func mayHold(_ strings: [String]) -> SQLCondition? {
        let texts = strings.map(JSONPathWriter.quoted)
        guard !texts.contains(where: { $0.utf8.contains(UInt8(ascii: "\\")) }) else { return nil }
        return .any((texts + ["\\"]).map { SQLCondition("strpos(\(alias).doc, \($0)) > 0") })
    }

    /// What the line of an attribute starts with in a document (`Attributes.document`).
    private static func lineStart(_ name: String) -> String { "\n\(JSONPathWriter.quoted(name)):" }
}
