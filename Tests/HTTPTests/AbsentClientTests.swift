import HTTP
import Networking
import Synchronization
import Testing

@Suite struct AbsentClientTests {
    private var limits: HTTPServerLimits {
        var limits = HTTPServerLimits()
        limits.absenceTime = .milliseconds(50)
        return limits
    }

    @Test func `a client that has closed only its side gets its answer`() async throws {
        let server = try await TestServer(limits: limits) { request in
            await pause(request.head.target == "/slow" ? .milliseconds(700) : .zero)
            return .text(Task.isCancelled ? "cancelled" : "done")
        }
        let quick = try RawClient(port: server.port)
        let slow = try RawClient(port: server.port)

        await quick.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        quick.closeWriting()
        await slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        slow.closeWriting()

        #expect(await quick.answer()?.text == "done")
        #expect(
            await slow.answer()?.head == "HTTP/1.1 100 Continue\r\n\r\n", "asked whether it is there still")
        #expect(await slow.answer()?.text == "done")
        #expect(await slow.isEnded())
        #expect(await quick.isEnded())
    }

    @Test func `the work for a client that has gone is cancelled`() async throws {
        let server = try await TestServer(limits: limits) { _ in
            await pause(.seconds(60))
            return .text(Task.isCancelled ? "cancelled" : "done")
        }
        let client = try RawClient(port: server.port)
        await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await poll { server.began == 1 }

        client.close()
        await poll { await server.connectionCount == 0 }

        #expect(await server.connectionCount == 0)
        #expect(server.finished.withLock { $0.isEmpty })
    }

    @Test func `draining finishes what is in flight, ends the idle, and takes no more`() async throws {
        let mayAnswer = Atomic(false)
        let server = try await TestServer { _ in
            await poll { mayAnswer.load(ordering: .relaxed) }
            return .text("done")
        }
        let idle = try RawClient(port: server.port)
        let busy = try RawClient(port: server.port)
        await busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await poll { server.began == 1 }
        await poll { await server.connectionCount == 2 }

        async let drained: Void = server.drain(within: .seconds(60))

        #expect(await idle.isEnded())
        mayAnswer.store(true, ordering: .relaxed)
        let answer = try #require(await busy.answer())
        #expect(answer.text == "done" && answer["Connection"] == "close")
        await drained
        #expect(throws: SystemError.self) { try RawClient(port: server.port) }
        #expect(await server.connectionCount == 0)
    }

    @Test func `draining cuts off what takes longer than it may`() async throws {
        let cancelled = Mutex(false)
        let server = try await TestServer { _ in
            await pause(.seconds(60))
            cancelled.withLock { $0 = Task.isCancelled }
            return .text("late")
        }
        let client = try RawClient(port: server.port)
        await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await poll { server.began == 1 }

        await server.drain(within: .milliseconds(100))

        #expect(await client.rest().isEmpty)
        await poll { cancelled.withLock { $0 } }
        #expect(cancelled.withLock { $0 })
    }
}
