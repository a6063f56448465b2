extension JSONParser {
    /// Reads a number (RFC 8259 section 6) and checks that a double and PostgreSQL's numeric can hold it.
    mutating func number(_ source: Span<UInt8>) throws(JSONFault) {
        let start = position
        if source[position] == UInt8(ascii: "-") { position += 1 }
        let integerDigits = try digits(source)
        if integerDigits > 1, source[position - integerDigits] == UInt8(ascii: "0") {
            position -= integerDigits
            throw JSONFault(reason: "A number must not begin with a zero before other digits.")
        }
        var count = integerDigits
        if position < end, source[position] == UInt8(ascii: ".") {
            position += 1
            count += try digits(source)
        }
        var exponent = 0
        if position < end, source[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            exponent = try self.exponent(source)
        }
        if integerDigits + exponent > limits.exponentMax || -exponent > limits.exponentMax
            || count > limits.numberDigitsMax
        {
            try checkMagnitude(source, from: start, digits: count, exponent: exponent)
        }
        append(.number, from: start, to: position)
    }

    /// Reads at least one digit.
    @inline(__always)
    private mutating func digits(_ source: Span<UInt8>) throws(JSONFault) -> Int {
        let start = position
        while position < end, source[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else { throw JSONFault(reason: "A digit is expected here.") }
        return position - start
    }

    /// Reads what follows `e`: its value, saturating where it is out of all bounds.
    private mutating func exponent(_ source: Span<UInt8>) throws(JSONFault) -> Int {
        var isNegative = false
        if position < end, source[position] == UInt8(ascii: "+") || source[position] == UInt8(ascii: "-") {
            isNegative = source[position] == UInt8(ascii: "-")
            position += 1
        }
        let count = try digits(source)
        var value = 0
        for index in position - count..<position where value < 1_000_000 {
            value = value * 10 + Int(source[index] - UInt8(ascii: "0"))
        }
        return isNegative ? -value : value
    }

    /// The slow look at a number that may be out of bounds; the fault is at its first byte.
    @inline(never)
    private mutating func checkMagnitude(
        _ source: Span<UInt8>, from start: Int, digits: Int, exponent: Int
    ) throws(JSONFault) {
        let length = position - start
        position = start
        guard digits <= limits.numberDigitsMax else {
            throw JSONFault(reason: "The number has too many digits.")
        }
        let text = source.extracting(start..<start + length).withUnsafeBufferPointer {
            String(decoding: $0, as: UTF8.self)
        }
        guard abs(exponent) <= limits.exponentMax, Double(text)?.isFinite == true else {
            throw JSONFault(reason: "The number's exponent is out of range.")
        }
        position = start + length
    }
}
