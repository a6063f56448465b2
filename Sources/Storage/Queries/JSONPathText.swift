import JSON
import NGSILD
import Postgres

/// The text of an SQL/JSON path, for a parameter of type jsonpath: parsed once by the server, not per row.
struct JSONPathText: PostgresElement {
    var text: String

    static var typeOID: UInt32 { 4072 }
    static var arrayOID: UInt32 { 4073 }
    /// The version of jsonpath's binary format, before its text.
    private static let version: UInt8 = 1

    func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(Self.version)
        bytes.append(contentsOf: text.utf8)
        return true
    }
}

/// A path in the making, with the values that it compares with as variables: no client's value is in its text,
/// and names are JSON strings in it.
struct JSONPathWriter {
    private(set) var variables = JSONWriter()
    private var count = 0

    init() {
        variables.beginObject()
    }

    /// The variable that stands for a string.
    mutating func variable(_ text: String) -> String {
        variable { $0.string(text) }
    }

    mutating func variable(_ number: Decimal) -> String {
        variable { $0.number(number.text) }
    }

    private mutating func variable(_ write: (inout JSONWriter) -> Void) -> String {
        let name = "v\(count)"
        count += 1
        variables.name(name)
        write(&variables)
        return "$" + name
    }

    /// A name as a JSON string.
    static func quoted(_ name: String) -> String {
        var writer = JSONWriter()
        writer.string(name)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Steps from member to member, `."a"."b"`.
    static func accessors(_ names: some Sequence<String>) -> String {
        names.map { "." + quoted($0) }.joined()
    }

    /// Whether the path, with its variables, finds anything in `document`.
    ///
    /// Lax: the members of all instances are looked at, whether there is one or an array of them. Silent: what
    /// does not compare does not match.
    func exists(_ path: String, in document: SQL) -> SQL {
        var variables = variables
        variables.endObject()
        return "jsonb_path_exists(\(document), \(JSONPathText(text: path)), \(JSONB(variables.bytes)), true)"
    }
}
