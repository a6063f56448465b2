import Synchronization

/// SQL text that never changes, prepared once on each connection that runs it.
///
/// Make them constants (`static let`): each has a number of its own for as long as the process lives.
package struct Statement: Sendable {
    let sql: String
    let number: Int

    private static let count = Atomic<Int>(0)

    package init(_ sql: String) {
        self.sql = sql
        number = Self.count.add(1, ordering: .relaxed).oldValue
    }
}

/// A statement and the values of its parameters: what a connection runs.
package struct Call: Sendable {
    let source: Source
    let parameters: Parameters

    enum Source: Sendable {
        case statement(Statement)
        /// SQL that a query compiled to: prepared by its text, forgotten when others need the room.
        case text(String)
        /// A command without parameters that runs once.
        case command(String)
    }

    package init<each Value: PostgresParameter>(_ statement: Statement, _ values: repeat each Value) {
        source = .statement(statement)
        var parameters = Parameters()
        repeat parameters.append(each values)
        self.parameters = parameters
    }

    package init(_ sql: SQL) {
        self.init(text: sql.text, parameters: sql.parameters)
    }

    init(text: String, parameters: Parameters) {
        source = .text(text)
        self.parameters = parameters
    }

    /// A command without parameters, run once (CREATE, SET, …): it is not prepared.
    package init(command sql: String) {
        source = .command(sql)
        parameters = Parameters()
    }

    package static let begin = Call(Statement("BEGIN"))
    package static let commit = Call(Statement("COMMIT"))
    package static let rollback = Call(Statement("ROLLBACK"))

    var sql: String {
        switch source {
        case .statement(let statement): statement.sql
        case .text(let text), .command(let text): text
        }
    }
}
