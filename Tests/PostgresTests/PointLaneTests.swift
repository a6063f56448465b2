import Networking
import Postgres
import TestSupport
import Testing

struct PointLaneTests {
    private static let echo = Statement("SELECT $1")
    private static let divide = Statement("SELECT 1 / $1")
    private static let processID = Statement("SELECT pg_backend_pid()")

    @Test func `reads of one turn are one transaction`() async throws {
        try await Self.withLane { lane, worker in
            let now = Statement("SELECT now()")

            let moments = await gather(on: worker, 3) { _ in try await lane.query(Call(now)).timestamp(0, 0) }
            let later = try await lane.query(Call(now)).timestamp(0, 0)

            #expect(Set(moments.map { try? $0.get() }).count == 1)
            #expect(try moments[0].get() < later)
        }
    }

    @Test func `a read that fails leaves the others of its turn alone`() async throws {
        try await Self.withLane { lane, worker in
            let answers = await gather(on: worker, 20) { number in
                try await lane.query(Call(Self.divide, Int32(number % 5))).int32(0, 0)
            }

            for (number, answer) in answers.enumerated() {
                switch answer {
                case .success(let quotient): #expect(quotient == (number % 5 == 1 ? 1 : 0))
                case .failure(let error): #expect(number % 5 == 0 && error.sqlState == "22012")
                }
            }
            #expect(answers.count { (try? $0.get()) == nil } == 4)
            #expect(lane.statistics.inFlight == 0)
            #expect(lane.statistics.waiting == 0)
        }
    }

    @Test func `reads in flight on a killed session run again on the next one`() async throws {
        try await Self.withLane { lane, worker in
            let first = try await lane.query(Call(Self.processID)).int32(0, 0)

            let answers = await gather(on: worker, 10) { number in
                let kill = Statement("SELECT $1, pg_terminate_backend($2), pg_sleep(0.1)")
                return try await lane.query(Call(kill, Int32(number), first)).int32(0, 0)
            }

            #expect(answers.map { try? $0.get() } == (0..<10).map(Int32.init))
            #expect(try await lane.query(Call(Self.processID)).int32(0, 0) != first)
            #expect(lane.statistics.reconnects == 1)
            #expect(lane.statistics.errors == 0)
        }
    }

    @Test func `a read that kills its session each time fails after its second time`() async throws {
        try await Self.withLane { lane, worker in
            let suicide = Statement("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(1)")

            let error = await #expect(throws: PostgresError.self) { try await lane.query(Call(suicide)) }

            #expect(error?.isConnectionLost == true)
            let rows = try await lane.query(Call(Self.echo, "on"))
            #expect(rows.text(0, 0) == "on")
            #expect(lane.statistics.reconnects == 2)
        }
    }

    @Test func `beyond its bound the lane is saturated`() async throws {
        try await Self.withLane(readsMax: 3) { lane, worker in
            let answers = await gather(on: worker, 5) { number in
                try await lane.query(Call(Self.echo, "\(number)")).text(0, 0)
            }

            #expect(answers.map { try? $0.get() } == ["0", "1", "2", nil, nil])
            #expect(answers[3] == .failure(PostgresError(.saturated, "3 reads wait for PostgreSQL")))
            let rows = try await lane.query(Call(Self.echo, "again"))
            #expect(rows.text(0, 0) == "again")
        }
    }

    @Test func `while the server is away reads fail at once, as unavailable`() async throws {
        try await onWorker { worker in
            let lane = PointLane(PostgresConfiguration("host=/nonexistent"), on: worker.reactor)
            lane.open()
            defer { lane.close() }

            // The first waits for the attempt to connect, the second finds that it has failed.
            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) {
                    try await lane.query(Call(Self.echo, ""))
                }
                #expect(error?.kind == .unavailable)
            }
        }
    }

    @Test func `a lane that is closed takes no more reads`() async throws {
        try await Self.withLane { lane, _ in
            lane.close()
            let error = await #expect(throws: PostgresError.self) {
                try await lane.query(Call(Self.echo, ""))
            }
            #expect(error?.kind == .unavailable)
        }
    }

    private static func withLane(
        readsMax: Int = 4096, _ body: @escaping @Sendable (PointLane, isolated Worker) async throws -> Void
    ) async throws {
        try await TestDatabase.withWorker { database, worker in
            let lane = PointLane(database.configuration, readsMax: readsMax, on: worker.reactor)
            lane.open()
            defer { lane.close() }
            try await body(lane, worker)
        }
    }
}
