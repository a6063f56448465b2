/// A cursor over the text of a query: bytes in, tokens out, and errors that say where.
struct QueryText {
    /// The parameter's name, for errors.
    let parameter: String
    let bytes: [UInt8]
    private(set) var position = 0

    /// - Throws: `badRequestData` where `text` is empty or longer than `QueryLimits.textMax`.
    init(_ text: String, parameter: String) throws(NGSILDError) {
        self.parameter = parameter
        bytes = Array(text.utf8)
        guard !bytes.isEmpty else {
            throw NGSILDError(.badRequestData, "\(parameter) is empty", at: parameter)
        }
        guard bytes.count <= QueryLimits.textMax else {
            throw NGSILDError(
                .badRequestData, "\(parameter) is longer than \(QueryLimits.textMax) bytes", at: parameter)
        }
    }

    var isAtEnd: Bool { position == bytes.count }
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func peek(_ ahead: Int) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    mutating func advance(by count: Int = 1) { position += count }

    /// Takes `token` where it comes next.
    mutating func take(_ token: StaticString) -> Bool {
        let count = token.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for index in 0..<count where bytes[position + index] != token.utf8Start[index] { return false }
        position += count
        return true
    }

    /// Takes `token`, which has to come next.
    mutating func require(_ token: StaticString) throws(NGSILDError) {
        guard take(token) else { throw failure("expected \"\(token)\"") }
    }

    /// Takes the bytes up to the first of `ends`, or to the end.
    mutating func take(upTo ends: StaticString) -> String {
        let start = position
        while let byte = next, !ends.contains(byte) { position += 1 }
        return text(from: start)
    }

    func text(from start: Int) -> String {
        String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// A name as 4.6.2 has it: a letter, then letters, digits, `_`; or `prefix:name`.
    mutating func name(allowsPrefix: Bool = true) throws(NGSILDError) -> String {
        let start = position
        try simpleName()
        if allowsPrefix, next == UInt8(ascii: ":") {
            position += 1
            try simpleName()
        }
        return text(from: start)
    }

    private mutating func simpleName() throws(NGSILDError) {
        let start = position
        while let scalar = nextScalar(),
            position == start
                ? scalar.properties.isLetter : (scalar.properties.isLetterOrNumber || scalar == "_")
        {
            position += UTF8.width(scalar)
        }
        guard position > start else { throw failure("expected a name") }
    }

    private func nextScalar() -> Unicode.Scalar? {
        guard let byte = next else { return nil }
        if byte < 0x80 { return Unicode.Scalar(byte) }
        let width = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        let end = min(position + width, bytes.count)
        return String(decoding: bytes[position..<end], as: UTF8.self).unicodeScalars.first
    }

    /// An error at the current position (or at `at`), with the text from there.
    func failure(_ reason: String, at start: Int? = nil) -> NGSILDError {
        let from = start ?? position
        let rest = String(decoding: bytes[from...].prefix(40), as: UTF8.self)
        let found = rest.isEmpty ? "at its end" : "at \"\(rest)\""
        return NGSILDError(
            .badRequestData, "\(parameter): \(reason), position \(from + 1), \(found)", at: parameter)
    }
}

extension StaticString {
    fileprivate func contains(_ byte: UInt8) -> Bool {
        for index in 0..<utf8CodeUnitCount where utf8Start[index] == byte { return true }
        return false
    }
}

extension Unicode.Scalar.Properties {
    /// General category L.
    var isLetter: Bool {
        switch generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// General categories L and N.
    var isLetterOrNumber: Bool {
        switch generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: isLetter
        }
    }
}
