import Testing

@testable import Postgres

struct BackoffTests {
    @Test func `attempts come ever more slowly, with jitter, up to a bound`() {
        var backoff = Backoff()
        var generator = SystemRandomNumberGenerator()

        let delays = (0..<12).map { _ in backoff.next(using: &generator) }
        backoff.reset()

        #expect(delays[0] >= .milliseconds(50) && delays[0] <= .milliseconds(100))
        #expect(delays[3] >= .milliseconds(400) && delays[3] <= .milliseconds(800))
        #expect(delays[11] >= .milliseconds(500) && delays[11] <= .seconds(1))
        #expect(backoff.next(using: &generator) <= .milliseconds(100))
    }
}
