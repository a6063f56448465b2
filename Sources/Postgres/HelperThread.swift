import Networking

/// The one thread that waits for what libpq and the resolver can only do blocking.
enum HelperThread {
    private static let reactor = {
        let reactor = Reactor()
        reactor.start()
        return reactor
    }()

    /// Runs `work` after what was given before; it says itself where its result goes.
    static func run(_ work: @escaping @Sendable () -> Void) {
        reactor.perform(work)
    }
}
