/// How long to wait before the next attempt: doubling, with jitter, so that many clients of one server do
/// not come back in step.
struct Backoff {
    private static let first: Duration = .milliseconds(100)
    /// A server that is back is found within this: what waits for it was refused meanwhile.
    private static let longest: Duration = .seconds(1)
    private var failures = 0

    mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let full = min(Self.longest, Self.first * (1 << min(failures, 16)))
        failures += 1
        return full * Double.random(in: 0.5...1, using: &generator)
    }

    mutating func reset() {
        failures = 0
    }
}
