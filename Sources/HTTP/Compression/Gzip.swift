import CZlib

/// Compresses whole answers; one for each worker, since its 256 KB of tables are worth keeping.
final class Gzip {
    // At an address of its own: zlib remembers it.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// Answers below this are sent as they are: the saving would be less than a packet.
    static let bytesMin = 1_536
    /// Level 1: 21 µs for 20 KB of JSON where level 6 takes 51 for 10 % less.
    private static let level: Int32 = 1
    // 15 bits of window, and 16 to say: with a gzip header.
    private static let windowBits: Int32 = 15 + 16

    init() {
        stream.initialize(to: z_stream())
        let result = atria_deflate_init(stream, Self.level, Self.windowBits)
        precondition(result == Z_OK, "zlib cannot be set up: \(result)")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func compress(_ bytes: [UInt8]) -> [UInt8] {
        deflateReset(stream)
        let bound = Int(deflateBound(stream, UInt(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            bytes.withUnsafeBufferPointer { input in
                // zlib reads through this pointer only; its type is older than const.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(bound)
                let result = deflate(stream, Z_FINISH)
                precondition(result == Z_STREAM_END, "zlib's own bound was too small: \(result)")
            }
            count = bound - Int(stream.pointee.avail_out)
        }
    }

    /// Whether a body of `type` gets smaller: images and archives do not.
    static func pays(for type: ArraySlice<UInt8>) -> Bool {
        let name = type.prefix { $0 != UInt8(ascii: ";") }
        return name.starts(with: "text/".utf8)
            || ["json", "javascript", "xml"].contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    /// Whether `Accept-Encoding` allows gzip (RFC 9110 §12.5.3).
    static func isAccepted(by field: ArraySlice<UInt8>) -> Bool {
        var byWildcard = false
        for part in field.split(separator: UInt8(ascii: ",")) {
            let pieces = part.split(separator: UInt8(ascii: ";")).map(\.trimmed)
            guard let coding = pieces.first else { continue }
            if isSame(coding, "gzip") { return !pieces.dropFirst().contains(where: isZero) }
            if isSame(coding, "*") { byWildcard = !pieces.dropFirst().contains(where: isZero) }
        }
        return byWildcard
    }

    /// Whether a parameter is the weight of what is not wanted: `q=0`, `q=0.000`, or a `q` that is no number.
    private static func isZero(_ parameter: ArraySlice<UInt8>) -> Bool {
        let parts = parameter.split(separator: UInt8(ascii: "="), maxSplits: 1).map(\.trimmed)
        guard parts.count == 2, isSame(parts[0], "q") else { return false }
        return (Double(String(decoding: parts[1], as: UTF8.self)) ?? 0) <= 0
    }
}
