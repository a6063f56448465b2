import Glibc
import Synchronization

@testable import EmbeddedPostgres

enum TemporaryDirectory {
    /// Runs `body` with an empty directory that others may pass through, and removes it.
    static func with(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/atria-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Files.failure("create a temporary directory") }
        let directory = String(cString: made)
        defer { Files.removeDirectory(directory) }
        chmod(directory, 0o755)
        try body(directory)
    }
}

/// What was logged.
final class Log: Sendable {
    private let all = Mutex<[String]>([])

    var lines: [String] { all.withLock { $0 } }

    @Sendable func append(_ line: String) {
        all.withLock { $0.append(line) }
    }
}

/// What `sql` gives, as psql prints it.
@discardableResult
func psql(_ postgres: EmbeddedPostgres, _ sql: String) throws -> String {
    let account = Account(user: geteuid(), group: getegid(), name: "")
    let answer = try ChildProcess.run(
        "/usr/bin/psql", ["-XAt", "-v", "ON_ERROR_STOP=1", "-d", postgres.connectionString, "-c", sql],
        as: account)
    guard answer.succeeded else { throw EmbeddedPostgresError(answer.output) }
    return answer.output
}

/// A line of the server's lock file: 0 is its process, 7 its state.
func serverLine(_ number: Int, in directory: String) -> String {
    let text = Files.read(directory + "/postgresql/postmaster.pid") ?? ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return number < lines.count ? String(lines[number]) : ""
}

/// Waits until `condition` holds, 20 seconds at most; whether it does.
func wait(until condition: () -> Bool) -> Bool {
    for _ in 0..<200 {
        if condition() { return true }
        usleep(100_000)
    }
    return false
}

/// Where a symbolic link leads to.
func link(_ path: String) -> String {
    var characters = [CChar](repeating: 0, count: 256)
    let count = readlink(path, &characters, characters.count)
    return String(decoding: characters.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
