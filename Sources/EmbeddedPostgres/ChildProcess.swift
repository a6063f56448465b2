import CLinux
import Glibc

/// A program that was started, and what it prints.
struct ChildProcess: Sendable {
    let pid: pid_t
    /// Readable once the process has ended.
    let end: Int32
    /// What it and its own children print.
    let output: Int32

    /// Starts `path` as `account`, in a session of its own, so that a terminal's Ctrl-C does not reach it.
    static func start(_ path: String, _ arguments: [String], as account: Account) throws -> ChildProcess {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Files.failure("open a pipe") }
        defer { close(ends[1]) }
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        let pid = spawn(path, arguments, as: account, output: ends[1])
        let end = pid < 0 ? -1 : clinux_open_process(pid)
        guard end >= 0 else {
            defer { close(ends[0]) }
            throw Files.failure("start \(path)")
        }
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        return ChildProcess(pid: pid, end: end, output: ends[0])
    }

    private static func spawn(
        _ path: String, _ arguments: [String], as account: Account, output: Int32
    ) -> pid_t {
        // Nothing of the hub's environment (PGHOST, LC_ALL, secrets) is for the server.
        let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"]
        var arguments = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        return arguments.withUnsafeMutableBufferPointer { arguments in
            variables.withUnsafeMutableBufferPointer { variables in
                path.withCString { path in
                    var program = clinux_program(
                        path: path, arguments: arguments.baseAddress, environment: variables.baseAddress,
                        user: account.user, group: account.group, output: output)
                    return clinux_spawn(&program)
                }
            }
        }
    }

    /// Runs a program to its end; whether it succeeded, and the last lines that it printed.
    static func run(
        _ path: String, _ arguments: [String], as account: Account
    ) throws -> (succeeded: Bool, output: String) {
        let child = try start(path, arguments, as: account)
        defer { child.closeDescriptors() }
        var lines = LineBuffer()
        var last: [String] = []
        var hasEnded = false
        while !hasEnded {
            hasEnded = wait(for: [child.output, child.end])[1]
            last = (last + lines.read(from: child.output)).suffix(20)
        }
        return (child.reap() == 0, last.joined(separator: "\n"))
    }

    /// Takes note of the end, which has come; the exit status as `waitpid` gives it.
    func reap() -> Int32 {
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return status
    }

    func closeDescriptors() {
        close(output)
        close(end)
    }

    /// Waits until one of `descriptors` is readable, or for `limit` milliseconds; which are.
    static func wait(for descriptors: [Int32], limit: Int32 = -1) -> [Bool] {
        var polls = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let count = poll(&polls, nfds_t(polls.count), limit)
        return polls.map { count > 0 && $0.revents != 0 }
    }
}

/// Lines out of what a program prints in pieces.
struct LineBuffer {
    /// A line is cut there: nothing that is longer helps who reads it.
    private static let lineMax = 8_192
    private var rest: [UInt8] = []

    /// Reads what is there; the lines that are whole.
    mutating func read(from descriptor: Int32) -> [String] {
        var lines: [String] = []
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(descriptor, &bytes, bytes.count)
            guard count > 0 else { return lines }
            for byte in bytes[..<count] {
                guard byte == UInt8(ascii: "\n") || rest.count >= Self.lineMax else {
                    rest.append(byte)
                    continue
                }
                lines.append(String(decoding: rest, as: UTF8.self))
                rest.removeAll(keepingCapacity: true)
            }
        }
    }
}
