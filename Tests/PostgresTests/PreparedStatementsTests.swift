import Testing

@testable import Postgres

struct PreparedStatementsTests {
    @Test func `a statement is prepared once, until it is forgotten`() {
        var prepared = PreparedStatements()
        let call = Call(Statement("SELECT $1"), "x")

        let first = prepared.plan(call)
        let second = prepared.plan(call)
        prepared.forget(call)
        let third = prepared.plan(call)

        #expect(first.isNew && !second.isNew && third.isNew)
        #expect(first.name == second.name)
        // The server may know the old name still.
        #expect(third.name != first.name)
        #expect(prepared.takeUnused().isEmpty)
    }

    @Test func `the text that was not used for longest makes room`() {
        var prepared = PreparedStatements(textsMax: 2)
        let calls = ["a", "b", "c"].map { Call(SQL(stringLiteral: $0)) }
        let names = calls[..<2].map { prepared.plan($0).name }
        for call in calls { prepared.confirm(call) }
        _ = prepared.plan(calls[0])

        _ = prepared.plan(calls[2])

        #expect(prepared.takeUnused() == [names[1]])
        #expect(prepared.takeUnused().isEmpty)
        #expect(!prepared.plan(calls[0]).isNew)
    }

    @Test func `what the server has not confirmed is not deallocated`() {
        var prepared = PreparedStatements(textsMax: 1)

        for text in ["a", "b", "c"] { _ = prepared.plan(Call(SQL(stringLiteral: text))) }

        #expect(prepared.takeUnused().isEmpty)
    }

    @Test func `a statement whose plan is stale is prepared anew, under another name`() {
        var prepared = PreparedStatements()
        let call = Call(Statement("SELECT * FROM t"))
        let name = prepared.plan(call).name

        prepared.replace(call)

        #expect(prepared.takeUnused() == [name])
        #expect(prepared.plan(call).name != name)
    }
}
