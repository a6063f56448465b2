import Glibc

/// The program `atria`: reads its arguments and its configuration, and runs one command.
@main
enum Atria {
    /// What was released last; `main` builds say so.
    static let version = "0.1.0"

    /// How the process ends: scripts and supervisors tell these apart.
    enum Exit: Int32 {
        case success = 0
        /// The world failed: a port is taken, a database is away.
        case failure = 1
        /// Arguments or configuration that cannot be meant: starting again will not help.
        case usage = 2
    }

    static func main() {
        exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    private static func run(_ arguments: [String]) -> Exit {
        do {
            let invocation = try Invocation(arguments)
            switch invocation.command {
            case .help: show(Invocation.usage)
            case .version: show("atria \(version)\n")
            case .check: try Check(invocation).run()
            case .migrate: try Migrate(resolve(invocation).configuration).run()
            case .serve: try Serve(resolve(invocation).configuration).run()
            }
            return .success
        } catch let error as UsageError {
            complain("\(error); `atria --help` lists what there is")
            return .usage
        } catch let error as ConfigurationError {
            complain("\(error)")
            return .usage
        } catch {
            complain("\(error)")
            return .failure
        }
    }

    /// The effective configuration of `invocation`, from its flags, the environment and the file.
    static func resolve(_ invocation: Invocation) throws -> ResolvedConfiguration {
        let environment = processEnvironment()
        var sources = ConfigurationSources()
        if let path = invocation.configurationFile ?? environment["ATRIA_CONFIG"] {
            sources.file = (path, try readText(path))
        }
        sources.environment = environment
        sources.flags = invocation.flags.map { ($0.name, $0.value) }
        return try sources.resolve()
    }

    private static func processEnvironment() -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let pair = String(cString: entry).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            next += 1
        }
        return variables
    }

    static func show(_ text: String) {
        print(text, terminator: "")
    }

    static func complain(_ text: String) {
        let bytes = Array("atria: \(text)\n".utf8)
        write(STDERR_FILENO, bytes, bytes.count)
    }
}

/// The bytes of a file of at most `bytesMax`.
///
/// - Throws: `ConfigurationError` where it cannot be read.
func readFile(_ path: String, bytesMax: Int = 16 << 20) throws(ConfigurationError) -> [UInt8] {
    func failed(_ reason: String) -> ConfigurationError {
        ConfigurationError(origin: nil, reason: "cannot read \(path): \(reason)")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failed(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw failed(String(cString: strerror(errno))) }
        guard count > 0 else { return bytes }
        bytes += buffer[..<count]
        guard bytes.count <= bytesMax else { throw failed("it has more than \(bytesMax) bytes") }
    }
}

/// The text of a UTF-8 file.
func readText(_ path: String) throws(ConfigurationError) -> String {
    guard let text = String(validating: try readFile(path), as: UTF8.self) else {
        throw ConfigurationError(origin: nil, reason: "\(path) is not UTF-8")
    }
    return text
}
