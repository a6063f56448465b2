/// A moment, in microseconds since 1970-01-01T00:00:00Z (4.6.3).
package struct Timestamp: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Timestamp {
    private static let second: Int64 = 1_000_000
    private static let day: Int64 = 86_400 * second

    /// Reads a DateTime: `YYYY-MM-DDThh:mm:ss[.f…]Z`, UTC only, one to six digits of fraction after `.` or `,`.
    ///
    /// nil: anything else, a date or a time that does not exist (`2023-02-29`, `24:00:00`) included.
    package init?(_ text: String) {
        var text = text
        let moment = text.withUTF8 { Timestamp(utf8: $0) }
        guard let moment else { return nil }
        self = moment
    }

    /// The same from bytes, without the quotes of a JSON string.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[bytes.count - 1] == UInt8(ascii: "Z"),
            let days = CalendarDate.days(utf8: UnsafeBufferPointer(rebasing: bytes[0..<10])),
            let time = TimeOfDay.microseconds(
                utf8: UnsafeBufferPointer(rebasing: bytes[11..<(bytes.count - 1)]))
        else { return nil }
        microseconds = days * Timestamp.day + time
    }

    /// A DateTime as answers say it: as it was sent, but for a comma before the fraction, which only requests may have
    /// (4.6.3); nil: it is none.
    package static func served(_ text: String) -> String? {
        guard Timestamp(text) != nil else { return nil }
        guard let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else { return text }
        return "\(text[..<comma]).\(text[text.index(after: comma)...])"
    }

    /// `YYYY-MM-DDThh:mm:ss[.mmm[uuu]]Z`: as many groups of three fractional digits as it has.
    package var description: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            var text = DigitWriter(buffer: buffer)
            let (days, time) = microseconds.flooredDivision(by: Timestamp.day)
            text.write(date: days)
            text.write(UInt8(ascii: "T"))
            text.write(time: time)
            text.write(UInt8(ascii: "Z"))
            return text.count
        }
    }
}

extension Timestamp: CustomStringConvertible {}

/// A Date of 4.6.3, `YYYY-MM-DD`, as days since 1970-01-01 in the Gregorian calendar.
package enum CalendarDate {
    /// nil: not of that form, or a day that does not exist.
    package static func days(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let century = bytes.twoDigits(at: 0), let year = bytes.twoDigits(at: 2),
            let month = bytes.twoDigits(at: 5), let day = bytes.twoDigits(at: 8)
        else { return nil }
        let fullYear = century * 100 + year
        guard (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: fullYear) else {
            return nil
        }
        return days(year: fullYear, month: month, day: day)
    }

    private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }

    // The year begins in March, so that the leap day is its last one; 719 468 days lie before 1970-01-01.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = marchYear.flooredDivision(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    fileprivate static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
        )
    }
}

/// A Time of 4.6.3, `hh:mm:ss[.f…]Z`, as microseconds since midnight UTC.
package enum TimeOfDay {
    /// Without the trailing `Z`; nil: not of that form, or a time that does not exist.
    package static func microseconds(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard bytes.count >= 8, bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":"),
            let hours = bytes.twoDigits(at: 0), let minutes = bytes.twoDigits(at: 3),
            let seconds = bytes.twoDigits(at: 6), hours < 24, minutes < 60, seconds < 60,
            let fraction = fraction(utf8: UnsafeBufferPointer(rebasing: bytes[8...]))
        else { return nil }
        return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction
    }

    private static func fraction(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let separator = bytes.first else { return 0 }
        guard separator == UInt8(ascii: ".") || separator == UInt8(ascii: ","), (2...7).contains(bytes.count)
        else { return nil }
        var value: Int64 = 0
        for index in 1...6 {
            guard index < bytes.count else {
                value *= 10
                continue
            }
            guard let digit = bytes.digit(at: index) else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func digit(at index: Int) -> Int64? {
        let value = self[index] &- UInt8(ascii: "0")
        return value < 10 ? Int64(value) : nil
    }

    fileprivate func twoDigits(at index: Int) -> Int64? {
        guard let tens = digit(at: index), let ones = digit(at: index + 1) else { return nil }
        return tens * 10 + ones
    }
}

extension Int64 {
    /// Quotient and remainder, the remainder never negative.
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

private struct DigitWriter {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func write(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
    }

    mutating func write(_ value: Int64, digits: Int) {
        var value = value
        for index in stride(from: count + digits - 1, through: count, by: -1) {
            buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
            value /= 10
        }
        count += digits
    }

    /// Years outside 0000…9999 do not come from DateTimes; they keep their last four digits.
    mutating func write(date days: Int64) {
        let (year, month, day) = CalendarDate.civil(days: days)
        write(Swift.max(0, year), digits: 4)
        write(UInt8(ascii: "-"))
        write(month, digits: 2)
        write(UInt8(ascii: "-"))
        write(day, digits: 2)
    }

    mutating func write(time microseconds: Int64) {
        let (seconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        write(seconds / 3600, digits: 2)
        write(UInt8(ascii: ":"))
        write(seconds / 60 % 60, digits: 2)
        write(UInt8(ascii: ":"))
        write(seconds % 60, digits: 2)
        guard fraction != 0 else { return }
        write(UInt8(ascii: "."))
        fraction % 1000 == 0 ? write(fraction / 1000, digits: 3) : write(fraction, digits: 6)
    }
}
