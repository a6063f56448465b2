import HTTP
import Testing

@testable import Operations

@Suite struct ContextFreshnessTests {
    /// Header fields, `Name: value` each, and the seconds that they mean.
    private static let cases: [([String], Int64)] = [
        (["Cache-Control: public, max-age=60"], 60),
        (["Cache-Control: max-age=60, s-maxage=90", "Age: 30"], 60),
        (["Cache-Control: no-store, max-age=60"], 0),
        (["Cache-Control: max-age=60", "Expires: Thu, 01 Jan 1970 00:00:00 GMT"], 60),
        (["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Expires: Sun, 06 Nov 1994 08:50:37 GMT"], 60),
        (["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Expires: -1"], 0),
        (["Cache-Control: max-age=-5"], 0),
        ([], 3_600),
    ]

    @Test(arguments: cases)
    func `6.3.16: what the server says of freshness holds, else an hour`(lines: [String], seconds: Int64) {
        var fields = Headers()
        for line in lines {
            let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
            fields.add(String(line[..<colon]), String(line[line.index(colon, offsetBy: 2)...]))
        }

        #expect(ContextFreshness.seconds(fields) == seconds)
    }

    @Test func `RFC 9110 5.6.7: dates are read to the second, and what is none is not`() {
        #expect(HTTPDate("Sun, 06 Nov 1994 08:49:37 GMT")?.seconds == 784_111_777)
        #expect(HTTPDate("Thu, 29 Feb 2024 00:00:00 GMT")?.seconds == 1_709_164_800)
        #expect(HTTPDate("Sunday, 06-Nov-94 08:49:37 GMT") == nil)
        #expect(HTTPDate("Sun, 06 Nov 1994 08:49:37 CET") == nil)
    }
}
