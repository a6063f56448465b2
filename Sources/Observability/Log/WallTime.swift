import Glibc

/// A moment of the wall clock, as a log line shows it.
package struct WallTime: Sendable {
    package let seconds: Int
    package let microseconds: Int

    package init(seconds: Int, microseconds: Int) {
        self.seconds = seconds
        self.microseconds = microseconds
    }

    package static var now: WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: time.tv_sec, microseconds: time.tv_nsec / 1_000)
    }

    /// `2026-11-21T15:04:05.000123Z`.
    func write(to bytes: inout [UInt8]) {
        let (year, month, day) = civilDate
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.pattern.utf8CodeUnitCount) { text in
            for index in text.indices { text[index] = Self.pattern.utf8Start[index] }
            Observability.write(year, to: text, at: 0, digits: 4)
            Observability.write(month, to: text, at: 5, digits: 2)
            Observability.write(day, to: text, at: 8, digits: 2)
            Observability.write(seconds / 3600 % 24, to: text, at: 11, digits: 2)
            Observability.write(seconds / 60 % 60, to: text, at: 14, digits: 2)
            Observability.write(seconds % 60, to: text, at: 17, digits: 2)
            Observability.write(microseconds, to: text, at: 20, digits: 6)
            bytes.append(contentsOf: text)
        }
    }

    private static let pattern: StaticString = "0000-00-00T00:00:00.000000Z"

    /// The date in the Gregorian calendar.
    ///
    /// Years begin in March here, so that the leap day is the last; 719 468 days lie between then and 1970.
    private var civilDate: (year: Int, month: Int, day: Int) {
        let days = seconds / 86_400 + 719_468
        let (era, day) = days.quotientAndRemainder(dividingBy: 146_097)
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            year + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}
