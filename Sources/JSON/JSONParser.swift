/// What the parser throws: a sentence; the place is the parser's position.
struct JSONFault: Error {
    let reason: StaticString
}

/// Reads a text into nodes in one pass, without looking at any byte twice.
struct JSONParser: ~Copyable {
    private var scratch: UnsafeMutablePointer<JSONNode>
    private var capacity: Int
    private(set) var nodeCount = 0
    /// Byte that is read next; after a fault, the byte at fault.
    var position = 0
    /// Behind the last byte that is not compact: white space outside of strings, an escape of what need not be escaped.
    var lastLoose = 0
    let end: Int
    let limits: JSONLimits
    /// Names of the innermost large object, see `isDuplicate`.
    var names = JSONNameTable()

    init(length: Int, limits: JSONLimits) {
        end = length
        self.limits = limits
        // A compact entity has about a node every 12 bytes; it pays to have room before the first doubling.
        capacity = min(length, limits.bytesMax) / 8 + 8
        scratch = .allocate(capacity: capacity)
    }

    deinit { scratch.deallocate() }

    /// What has been read so far, in an array without spare room.
    var nodes: [JSONNode] { [JSONNode](UnsafeBufferPointer(start: scratch, count: nodeCount)) }

    mutating func document(_ source: Span<UInt8>) throws(JSONFault) {
        guard end <= min(limits.bytesMax, Int(Int32.max)) else {
            throw JSONFault(reason: "The JSON text is too large.")
        }
        if end >= 3, source[0] == 0xEF, source[1] == 0xBB, source[2] == 0xBF {
            throw JSONFault(reason: "A JSON text must not begin with a byte order mark.")
        }
        skipSpace(source)
        try value(source, depth: 0)
        skipSpace(source)
        if position != end { throw JSONFault(reason: "There is more text after the end of the JSON value.") }
    }

    mutating func value(_ source: Span<UInt8>, depth: Int) throws(JSONFault) {
        guard position < end else { throw JSONFault(reason: "The JSON text ends where a value is expected.") }
        switch source[position] {
        case UInt8(ascii: "\""): try string(source)
        case UInt8(ascii: "{"): try object(source, depth: depth + 1)
        case UInt8(ascii: "["): try array(source, depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(source)
        case UInt8(ascii: "t"): try literal(source, "true", .true)
        case UInt8(ascii: "f"): try literal(source, "false", .false)
        case UInt8(ascii: "n"): try literal(source, "null", .null)
        default: throw JSONFault(reason: "A JSON value is expected here.")
        }
    }

    private mutating func object(_ source: Span<UInt8>, depth: Int) throws(JSONFault) {
        let object = try open(.object, depth: depth)
        var count = 0
        skipSpace(source)
        if position < end, source[position] == UInt8(ascii: "}") { return close(object, count: count) }
        while true {
            skipSpace(source)
            guard position < end, source[position] == UInt8(ascii: "\"") else {
                throw JSONFault(reason: "A member's name in double quotes is expected here.")
            }
            let name = nodeCount
            let start = position
            try string(source)
            if !limits.allowsDuplicateNames, isDuplicate(source, name: name, of: object, after: count) {
                position = start
                throw JSONFault(reason: "The object already has a member of this name.")
            }
            skipSpace(source)
            guard position < end, source[position] == UInt8(ascii: ":") else {
                throw JSONFault(reason: "A colon is expected after a member's name.")
            }
            position += 1
            skipSpace(source)
            try value(source, depth: depth)
            count += 1
            skipSpace(source)
            guard position < end else { throw JSONFault(reason: "The JSON text ends inside an object.") }
            switch source[position] {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"): return close(object, count: count)
            default: throw JSONFault(reason: "A comma or the end of the object is expected here.")
            }
        }
    }

    private mutating func array(_ source: Span<UInt8>, depth: Int) throws(JSONFault) {
        let array = try open(.array, depth: depth)
        var count = 0
        skipSpace(source)
        if position < end, source[position] == UInt8(ascii: "]") { return close(array, count: count) }
        while true {
            skipSpace(source)
            try value(source, depth: depth)
            count += 1
            skipSpace(source)
            guard position < end else { throw JSONFault(reason: "The JSON text ends inside an array.") }
            switch source[position] {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"): return close(array, count: count)
            default: throw JSONFault(reason: "A comma or the end of the array is expected here.")
            }
        }
    }

    private mutating func open(_ kind: JSONKind, depth: Int) throws(JSONFault) -> Int {
        guard depth <= limits.depthMax else { throw JSONFault(reason: "The JSON text is nested too deeply.") }
        append(
            JSONNode(
                offset: UInt32(truncatingIfNeeded: position), length: 0, next: 0, kind: kind,
                isEscaped: false,
                count: 0))
        position += 1
        return nodeCount - 1
    }

    private mutating func close(_ node: Int, count: Int) {
        position += 1
        scratch[node].length = UInt32(truncatingIfNeeded: position) - scratch[node].offset
        scratch[node].next = UInt32(truncatingIfNeeded: nodeCount)
        scratch[node].count = UInt16(clamping: count)
        scratch[node].isEscaped = lastLoose > scratch[node].offset
    }

    /// Appends a value without values below it that ends at `end`.
    @inline(__always)
    mutating func append(_ kind: JSONKind, from start: Int, to end: Int, isEscaped: Bool = false) {
        append(
            JSONNode(
                offset: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: end - start),
                next: UInt32(truncatingIfNeeded: nodeCount + 1), kind: kind, isEscaped: isEscaped, count: 0))
    }

    @inline(__always)
    private mutating func append(_ node: JSONNode) {
        if nodeCount == capacity { grow() }
        scratch[nodeCount] = node
        nodeCount += 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<JSONNode>.allocate(capacity: capacity * 2)
        larger.update(from: scratch, count: nodeCount)
        scratch.deallocate()
        scratch = larger
        capacity *= 2
    }

    @inline(__always)
    func node(_ index: Int) -> JSONNode { scratch[index] }

    private mutating func literal(_ source: Span<UInt8>, _ text: StaticString, _ kind: JSONKind)
        throws(JSONFault)
    {
        let length = text.utf8CodeUnitCount
        guard end - position >= length else { throw JSONFault(reason: "A JSON value is expected here.") }
        for index in 0..<length where source[position + index] != text.utf8Start[index] {
            throw JSONFault(reason: "A JSON value is expected here.")
        }
        append(kind, from: position, to: position + length)
        position += length
    }

    @inline(__always)
    private mutating func skipSpace(_ source: Span<UInt8>) {
        while position < end, source[position] <= 0x20 {
            switch source[position] {
            case 0x20, 0x0A, 0x0D, 0x09:
                position += 1
                lastLoose = position
            default: return
            }
        }
    }
}
