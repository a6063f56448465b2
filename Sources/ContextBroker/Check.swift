/// `atria check [--print]`: reads the configuration and the files it names, and says what is wrong with them.
struct Check {
    let invocation: Invocation

    init(_ invocation: Invocation) {
        self.invocation = invocation
    }

    func run() throws {
        let resolved = try Atria.resolve(invocation)
        let configuration = resolved.configuration
        if invocation.printsConfiguration { Atria.show(resolved.yaml) }
        let files = [
            configuration.tls.certificate, configuration.tls.key, configuration.tls.clientCA,
            configuration.contextMap, configuration.egress.caFile,
        ]
        for path in files { if let path { _ = try readFile(path) } }
        if !invocation.printsConfiguration { Atria.show("the configuration is good\n") }
    }
}
