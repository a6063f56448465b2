import NGSILD
import Testing

struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.5Z", 500_000),
        ("2026-01-01T00:00:00Z", 1_767_225_600_000_000),
        ("2024-02-29T23:59:59.999999Z", 1_709_251_199_999_999),
        ("2022-03-14T13:00:00.000Z", 1_647_262_800_000_000),
        ("2022-03-14T13:00:00,000001Z", 1_647_262_800_000_001),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000),
    ])
    func `4.6.3: a DateTime is a moment in microseconds`(text: String, microseconds: Int64) {
        #expect(Timestamp(text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "2022-03-14T13:00:00+02:00", "2022-03-14T13:00:00", "2022-03-14T13:00Z", "2022-03-14",
        "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2022-13-01T00:00:00Z", "2022-00-01T00:00:00Z",
        "2022-04-31T00:00:00Z", "2022-01-00T00:00:00Z", "2022-01-01T24:00:00Z", "2022-01-01T00:60:00Z",
        "2022-01-01T00:00:60Z", "2022-01-01T00:00:00.Z", "2022-01-01T00:00:00.1234567Z",
        "2022-01-01T00:00:00.12a4Z", "2022-01-01 00:00:00Z", "2022-01-01t00:00:00z", " 2022-01-01T00:00:00Z",
        "20220101T000000Z", "+022-01-01T00:00:00Z", "", "Z",
    ])
    func `4.6.3: other texts, and dates that do not exist, are no DateTimes`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(arguments: [
        "1970-01-01T00:00:00Z", "2026-01-01T00:01:00.500Z", "2024-02-29T23:59:59.999999Z",
        "1969-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "1582-10-15T12:00:00.000001Z",
    ])
    func `4.6.3: a moment is written as it is read, in groups of three digits`(text: String) {
        #expect(Timestamp(text)?.description == text)
    }

    @Test func `4.6.3: days of four hundred years read back`() {
        let day: Int64 = 86_400_000_000
        for days in stride(from: Int64(-146_097 / 2), through: 146_097 / 2, by: 13) {
            let moment = Timestamp(microseconds: days * day)
            #expect(Timestamp(moment.description) == moment)
        }
    }
}
