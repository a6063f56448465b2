/// What can be seen of a regular expression without compiling it.
struct PatternShape {
    /// Characters after a leading `^` that stand for themselves, up to the first that does not.
    private(set) var literalPrefix = ""
    /// Product of the upper bounds of all `{m,n}`.
    private(set) var repetitions = 1
    /// Groups within each other.
    private(set) var depth = 0
    private(set) var hasBackReference = false
    /// `\d` and the like, which other dialects have and an ERE has not.
    private(set) var foreignEscape: Character?
    /// Two quantifiers in a row, such as `**`: undefined in an ERE (POSIX 9.4.6).
    private(set) var hasDoubledQuantifier = false
    /// No construct that glibc and PostgreSQL read differently.
    private(set) var isPortable = true

    private let bytes: [UInt8]
    private var index = 0
    /// Whether a quantifier may come next: after an atom that has none yet.
    private var afterAtom = false
    /// Where the last `*`, `+` or `?` ended.
    private var quantifierEnd: Int?

    init(of bytes: [UInt8]) {
        self.bytes = bytes
        var open = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\\"): escape()
            case UInt8(ascii: "["): bracket()
            case UInt8(ascii: "("):
                open += 1
                depth = max(depth, open)
                startBranch()
            case UInt8(ascii: ")"):
                if !afterAtomOrQuantifier || open == 0 { isPortable = false }
                open -= 1
                afterAtom = true
            case UInt8(ascii: "|"):
                if !afterAtomOrQuantifier { isPortable = false }
                startBranch()
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): quantifier()
            case UInt8(ascii: "{"): repetition()
            case UInt8(ascii: "}"): isPortable = false
            case UInt8(ascii: "^"), UInt8(ascii: "$"): anchor(byte)
            default: atom()
            }
        }
        if !afterAtomOrQuantifier { isPortable = false }
        literalPrefix = prefix()
    }

    private var afterAtomOrQuantifier = false

    private mutating func startBranch() {
        afterAtom = false
        afterAtomOrQuantifier = false
    }

    private mutating func atom() {
        afterAtom = true
        afterAtomOrQuantifier = true
    }

    /// An anchor is no atom, but makes a branch that is not empty.
    private mutating func anchor(_ byte: UInt8) {
        afterAtom = false
        afterAtomOrQuantifier = true
    }

    private mutating func quantifier() {
        if !afterAtom { isPortable = false }
        if let last = quantifierEnd, last == index - 1 { hasDoubledQuantifier = true }
        quantifierEnd = index
        afterAtom = false
    }

    private mutating func escape() {
        guard index < bytes.count else { return }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "1")...UInt8(ascii: "9"): hasBackReference = true
        case _ where "wWsSbB<>'`".utf8.contains(byte): isPortable = false
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0"):
            foreignEscape = Character(Unicode.Scalar(byte))
        case 0x80...: isPortable = false
        default: break
        }
        atom()
    }

    private mutating func bracket() {
        if index < bytes.count, bytes[index] == UInt8(ascii: "^") { index += 1 }
        let first = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") || index == first {
            // Classes, collating elements and ranges beyond ASCII depend on the locale.
            if bytes[index] == UInt8(ascii: "[") || bytes[index] == UInt8(ascii: "\\") || bytes[index] >= 0x80
            {
                isPortable = false
            }
            index += 1
        }
        index += 1
        atom()
    }

    private mutating func repetition() {
        var bound = 0
        let first = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "}") {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                bound = min(bound * 10 + Int(bytes[index] - UInt8(ascii: "0")), 100_000)
            case UInt8(ascii: ","):
                repetitions = min(repetitions * max(bound, 1), 100_000)
                bound = 0
                if index == first { isPortable = false }
            default: isPortable = false
            }
            index += 1
        }
        if index == first || bound > 255 { isPortable = false }
        index += 1
        repetitions = min(repetitions * max(bound, 1), 100_000)
        quantifier()
    }

    private func prefix() -> String {
        guard bytes.first == UInt8(ascii: "^"), !bytes.contains(UInt8(ascii: "|")) else { return "" }
        let body = bytes.dropFirst()
        let end = body.firstIndex { !Self.isPlain($0) } ?? bytes.endIndex
        var literal = body[..<end]
        if end < bytes.endIndex,
            [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "{")].contains(bytes[end])
        {
            literal = literal.dropLast()
        }
        return String(decoding: literal, as: UTF8.self)
    }

    /// An ASCII character that stands for itself.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte < 0x80 && !"\\^$.[]()|*+?{}".utf8.contains(byte)
    }
}
