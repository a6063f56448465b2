import Glibc

/// Random numbers that a printed seed brings back (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of `elements`, which are not empty.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }

    package mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// How long a random test runs, and from where.
///
/// `ATRIA_SEED` replays a run that failed, `ATRIA_FUZZ_ROUNDS` makes all of them longer.
package struct RandomRun: CustomStringConvertible {
    package let seed: UInt64
    package let rounds: Int

    /// `rounds` are those of a run that nobody asked to be longer; one of them takes as long as `cost` cheap ones.
    package init(rounds: Int, cost: Int = 1) {
        seed = Self.chosenSeed
        self.rounds = Self.number("ATRIA_FUZZ_ROUNDS").map { max(rounds, Int(clamping: $0) / cost) } ?? rounds
    }

    /// The seed that the environment says, or a new one.
    package static var chosenSeed: UInt64 { number("ATRIA_SEED") ?? UInt64.random(in: 0...UInt64.max) }

    package var generator: SeededGenerator { SeededGenerator(seed: seed) }

    package var description: String { "ATRIA_SEED=\(seed)" }

    private static func number(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }
}
