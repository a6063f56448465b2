/// What the program was asked to do: `atria [serve|migrate|check|version] [--flag value | --flag=value …]`.
struct Invocation: Equatable {
    enum Command: String, CaseIterable {
        case serve, migrate, check, version, help
    }

    var command = Command.serve
    /// `--config`.
    var configurationFile: String?
    /// `check --print`.
    var printsConfiguration = false
    /// Settings in their order, `--listen` and its value.
    var flags: [Flag] = []

    struct Flag: Equatable {
        let name: String
        let value: String
    }

    /// Reads the arguments after the program's name.
    init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        if let word = rest.first, !word.hasPrefix("-") {
            guard let command = Command(rawValue: word) else {
                throw UsageError("there is no command `\(word)`")
            }
            self.command = command
            rest.removeFirst()
        }
        while let argument = rest.popFirst() { try read(argument, &rest) }
    }

    private mutating func read(_ argument: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        switch argument {
        case "--help", "-h": command = .help
        case "--version": command = .version
        case "--print" where command == .check: printsConfiguration = true
        default:
            guard argument.hasPrefix("--") else { throw UsageError("unexpected argument `\(argument)`") }
            let name = argument.prefix { $0 != "=" }
            let value =
                name.endIndex == argument.endIndex
                ? rest.popFirst() : String(argument[name.endIndex...].dropFirst())
            guard let value else { throw UsageError("\(name) needs a value") }
            if name == "--config" {
                configurationFile = value
            } else {
                flags.append(Flag(name: String(name), value: value))
            }
        }
    }

    static let usage = """
        usage: atria [COMMAND] [--FLAG VALUE …]

          serve     run the hub (this is what no command does)
          migrate   bring the database's schema up to this program's, then end
          check     read the configuration and the files it names; --print shows what is in effect
          version   this program's version

          --config FILE   a YAML file; ATRIA_CONFIG names it too

        Every setting is a key of the file, a variable and a flag; a flag wins over a variable, a variable over
        the file, the file over the default:


        """ + Setting.all.map { "  \($0.flag)\n      \($0.summary)\n" }.joined()
}

/// Arguments that cannot be meant.
struct UsageError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
