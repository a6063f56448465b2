/// Gives each request its id: the client's own, so that a trace goes through, or a new one.
struct RequestIDs {
    private let prefix: UInt64
    private var last: UInt64 = 0

    /// Of a client's id: what it may be made of keeps log lines and headers readable.
    private static let bytesMax = 64

    init() {
        var generator = SystemRandomNumberGenerator()
        prefix = generator.next()
    }

    /// The id of a request whose `X-Request-Id` says `claimed`.
    mutating func id(claimed: String?) -> String {
        if let claimed, Self.isFit(claimed) { return claimed }
        last += 1
        return Self.text(prefix: prefix, number: last)
    }

    static func isFit(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= bytesMax
            && id.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Fifteen characters, which a String holds without an allocation: 30 bits that tell workers and
    /// starts apart, 45 bits that count.
    private static func text(prefix: UInt64, number: UInt64) -> String {
        String(unsafeUninitializedCapacity: 15) { buffer in
            let digits = StaticString("0123456789abcdefghijklmnopqrstuv").utf8Start
            for index in 0..<15 {
                let bits = index < 6 ? prefix >> UInt64(5 * index) : number >> UInt64(5 * (14 - index))
                buffer[index] = digits[Int(bits & 31)]
            }
            return 15
        }
    }
}
