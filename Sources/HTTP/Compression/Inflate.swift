import CZlib

/// The content codings that a request body may come in (RFC 9110 §8.4.1).
enum ContentCoding {
    case identity, gzip, deflate

    /// - Throws: 415 where `name` is another.
    init(_ name: String) throws(HTTPError) {
        switch name.lowercased() {
        case "identity", "": self = .identity
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        default:
            throw HTTPError(415, "the content coding \(name) is not understood: gzip and deflate are")
        }
    }
}

/// Decompresses a whole body within the limits (both directions of a bomb: by ratio and in all).
///
/// - Throws: 413 where the body grows beyond them, 400 where it is broken.
func inflate(_ bytes: [UInt8], limits: HTTPServerLimits) throws(HTTPError) -> [UInt8] {
    // A small body may well be all repetition: the ratio counts from here on.
    let byRatio = max(
        64 * 1024, bytes.count.multipliedReportingOverflow(by: limits.inflationRatioMax).partialValue)
    let bytesMax = min(limits.bodyBytesMax, byRatio)
    // At an address of its own: zlib remembers it.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 15 bits of window, and 32 to say: gzip or zlib, as the first bytes tell.
    guard atria_inflate_init(stream, 15 + 32) == Z_OK else { throw HTTPError(503, "out of memory") }
    defer { inflateEnd(stream) }

    var output: [UInt8] = []
    var result = Z_OK
    bytes.withUnsafeBufferPointer { input in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        repeat {
            let chunk = [UInt8](unsafeUninitializedCapacity: 64 * 1024) { room, count in
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(room.count)
                result = inflate(stream, Z_NO_FLUSH)
                count = room.count - Int(stream.pointee.avail_out)
            }
            output += chunk
        } while result == Z_OK && output.count <= bytesMax
    }
    guard output.count <= bytesMax else {
        throw HTTPError(413, "the decompressed body is longer than \(bytesMax) bytes")
    }
    guard result == Z_STREAM_END, stream.pointee.avail_in == 0 else {
        throw HTTPError(400, "the compressed body is broken")
    }
    return output
}
