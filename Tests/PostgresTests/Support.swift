import Networking
import Postgres
import TestSupport

extension TestDatabase {
    /// Runs `body` with a connection to a database of its own.
    static func withConnection<Answer: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) async throws -> Answer
    ) async throws -> Answer {
        try await withWorker { database, worker in
            let connection = try await PostgresConnection.connect(database.configuration, on: worker.reactor)
            defer { connection.close() }
            return try await body(connection)
        }
    }
}

extension Reactor {
    /// Suspends the caller for `time`.
    func pause(_ time: Duration) async {
        await withUnsafeContinuation { continuation in
            _ = schedule(after: time) { continuation.resume() }
        }
    }

    /// Waits until `condition` holds, 5 seconds at most; whether it does.
    func wait(until condition: () async throws -> Bool) async rethrows -> Bool {
        for _ in 0..<500 {
            if try await condition() { return true }
            await pause(.milliseconds(10))
        }
        return false
    }
}

/// Runs `body` for 0 ..< `count`, in tasks that start in one turn of the worker; what each came to.
func gather<Answer: Sendable>(
    on worker: isolated Worker, _ count: Int, _ body: @escaping (Int) async throws -> Answer
) async -> [Result<Answer, PostgresError>] {
    // The tasks stay on this worker, which the compiler does not see.
    nonisolated(unsafe) let body = body
    nonisolated(unsafe) var answers: [Int: Result<Answer, PostgresError>] = [:]
    await withUnsafeContinuation { continuation in
        for number in 0..<count {
            worker.spawn { _ in
                do {
                    answers[number] = .success(try await body(number))
                } catch {
                    answers[number] = .failure(error as? PostgresError ?? PostgresError(.refused, "\(error)"))
                }
                if answers.count == count { continuation.resume() }
            }
        }
    }
    return (0..<count).compactMap { answers[$0] }
}
