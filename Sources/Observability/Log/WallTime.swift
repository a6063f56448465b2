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
        var calendar = tm()
        var seconds = seconds
        gmtime_r(&seconds, &calendar)
        appendDecimal(Int(calendar.tm_year) + 1900, digits: 4, to: &bytes)
        let parts = [
            ("-", calendar.tm_mon + 1), ("-", calendar.tm_mday), ("T", calendar.tm_hour),
            (":", calendar.tm_min), (":", calendar.tm_sec),
        ]
        for (separator, value) in parts {
            bytes += separator.utf8
            appendDecimal(Int(value), digits: 2, to: &bytes)
        }
        bytes.append(UInt8(ascii: "."))
        appendDecimal(microseconds, digits: 6, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }
}
