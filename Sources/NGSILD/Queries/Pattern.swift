import Glibc

/// A client's regular expression: a POSIX ERE (4.9, IEEE 1003.2), searched for, not anchored.
///
/// `regcomp` validates and matches it under C.UTF-8, whatever locale the process has. Length, repetition and
/// back references are bounded first, so that neither compiling nor matching can be made to explode.
package final class Pattern: Sendable, Equatable {
    package let text: String
    /// The text that every match starts with, where the pattern is anchored to it.
    package let literalPrefix: String
    /// Whether PostgreSQL's `(?e)` reads the text as glibc does: none of the corners where the two differ.
    package let isPortable: Bool
    private let compiled: CompiledExpression

    /// - Throws: `badRequestData` where `text` is no ERE, or beyond the bounds.
    package init(_ text: String, parameter: String) throws(NGSILDError) {
        func refused(_ reason: String) -> NGSILDError {
            NGSILDError(.badRequestData, "\(parameter): the pattern \"\(text)\" \(reason)", at: parameter)
        }
        guard !text.isEmpty else { throw refused("is empty") }
        guard text.utf8.count <= QueryLimits.patternMax else {
            throw refused("is longer than \(QueryLimits.patternMax) bytes")
        }
        let shape = PatternShape(of: Array(text.utf8))
        guard !shape.hasBackReference else { throw refused("has a back reference, which an ERE has not") }
        if let letter = shape.foreignEscape {
            throw refused("has \\\(letter), which an ERE has not: [0-9], [[:space:]] and the like do")
        }
        guard !shape.hasDoubledQuantifier else {
            throw refused("repeats a repetition, which an ERE does not")
        }
        guard shape.repetitions <= QueryLimits.repetitionMax else {
            throw refused("repeats more than \(QueryLimits.repetitionMax) times")
        }
        guard shape.depth <= QueryLimits.nestingMax else {
            throw refused("nests more than \(QueryLimits.nestingMax) groups")
        }
        self.text = text
        literalPrefix = shape.literalPrefix
        isPortable = shape.isPortable
        switch CompiledExpression.compile(text) {
        case .success(let expression): compiled = expression
        case .failure(let fault): throw refused("is not a valid regular expression: \(fault.reason)")
        }
    }

    package func isFound(in subject: String) -> Bool {
        compiled.isFound(in: subject)
    }

    package static func == (left: Pattern, right: Pattern) -> Bool { left.text == right.text }
}

/// The C object.
///
/// `@unchecked`: after `regcomp` it is only read, and glibc's `regexec` guards its caches by a lock.
private final class CompiledExpression: @unchecked Sendable {
    struct Fault: Error { let reason: String }

    private var expression = regex_t()
    private static let utf8 = CharacterLocale()

    static func compile(_ text: String) -> Result<CompiledExpression, Fault> {
        let object = CompiledExpression()
        let code = utf8.current { regcomp(&object.expression, text, REG_EXTENDED | REG_NOSUB) }
        guard code != 0 else { return .success(object) }
        var message = [CChar](repeating: 0, count: 128)
        regerror(code, &object.expression, &message, message.count)
        object.expression = regex_t()
        return .failure(
            Fault(
                reason: String(
                    decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)))
    }

    func isFound(in subject: String) -> Bool {
        Self.utf8.current { regexec(&expression, subject, 0, nil, 0) } == 0
    }

    deinit { regfree(&expression) }
}

/// C.UTF-8 for the calling thread, while a closure runs.
///
/// `@unchecked`: made once, then only read.
private final class CharacterLocale: @unchecked Sendable {
    private let locale = newlocale(1 << LC_CTYPE | 1 << LC_COLLATE, "C.UTF-8", nil)

    func current<Result>(_ body: () -> Result) -> Result {
        let before = uselocale(locale)
        defer { uselocale(before) }
        return body()
    }
}
