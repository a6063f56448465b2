import Networking

/// How long a transfer may take: a time of its own, and more for each byte that has come through.
///
/// A plain timeout lets a peer that drips a byte now and then hold a connection for ever; a plain deadline
/// cuts off who has much to send.
struct Pace {
    let time: Duration
    let bytesPerSecondMin: Int

    func deadline(from start: MonotonicTime, bytes: Int) -> MonotonicTime {
        start + time + .milliseconds(bytes * 1_000 / bytesPerSecondMin)
    }
}
