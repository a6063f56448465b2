import Testing

@testable import ContextBroker

@Suite struct `Arguments` {
    @Test func `a command, then flags in either form`() throws {
        let invocation = try Invocation(["serve", "--listen", ":80", "--data-dir=/d=e", "--config", "a.yaml"])

        #expect(invocation.command == .serve)
        #expect(
            invocation.flags == [
                Invocation.Flag(name: "--listen", value: ":80"),
                Invocation.Flag(name: "--data-dir", value: "/d=e"),
            ])
        #expect(invocation.configurationFile == "a.yaml")
    }

    @Test func `no command serves`() throws {
        #expect(try Invocation([]).command == .serve)
        #expect(try Invocation(["--listen", ":80"]).command == .serve)
        #expect(try Invocation(["--help"]).command == .help)
    }

    @Test(arguments: [
        (["fly"], "there is no command `fly`"),
        (["serve", "now"], "unexpected argument `now`"),
        (["serve", "--listen"], "--listen needs a value"),
        (["serve", "--print"], "--print needs a value"),
    ])
    func `arguments that cannot be meant`(_ arguments: [String], _ reason: String) {
        #expect(throws: UsageError(reason)) { try Invocation(arguments) }
    }
}
