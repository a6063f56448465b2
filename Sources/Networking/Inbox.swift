import Glibc

/// What other threads leave for one that fetches it.
///
/// A pthread mutex where `Mutex` would do: ThreadSanitizer knows it, but does not see into the contended path
/// of `Mutex`, and would report each use under load.
///
/// `@unchecked Sendable`: `letters` is touched only under the lock.
final class Inbox<Letter: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var letters: [Letter] = []

    init() {
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Leaves `letter`; true: it is the first since the last fetching.
    func put(_ letter: Letter) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        letters.append(letter)
        return letters.count == 1
    }

    /// Fetches all letters into `empty`, whose storage is used for the next.
    func fetch(into empty: inout [Letter]) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        swap(&letters, &empty)
    }
}
