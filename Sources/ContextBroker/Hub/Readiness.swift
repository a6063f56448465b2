import Synchronization

/// Whether this hub can serve, as `/readyz` and the front door see it; shared by all workers.
final class Readiness: Sendable {
    enum Stage: Equatable, Sendable {
        /// With what is being waited for, as a sentence.
        case starting(String)
        case serving
        case stopping
    }

    private let current = Mutex(Stage.starting("the hub is starting"))

    var stage: Stage {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
