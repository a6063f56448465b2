/// Reads `q` by the grammar of 4.9, with `;` before `|`.
///
/// Beyond the grammar, as brokers and clients have it: groups within groups, `!path` for absence, patterns
/// without quotes, language tags with `-`, unquoted texts that are no URIs.
struct AttributeQueryParser {
    private var scanner: QueryText
    private let context: Context
    /// Stored names of the attributes whose values are expanded (`expandValues`).
    private let expanded: Set<String>
    private var terms = 0

    init(
        _ text: String, context: Context, expanded: Set<String>, parameter: String
    ) throws(NGSILDError) {
        scanner = try QueryText(text, parameter: parameter)
        self.context = context
        self.expanded = expanded
    }

    mutating func query() throws(NGSILDError) -> AttributeQuery {
        let root = try alternatives(depth: 0)
        guard scanner.isAtEnd else { throw scanner.failure("expected \";\", \"|\" or its end") }
        return AttributeQuery(root)
    }

    private mutating func alternatives(depth: Int) throws(NGSILDError) -> AttributeQuery.Condition {
        var parts: [AttributeQuery.Condition] = []
        repeat { parts.append(try conjunction(depth: depth)) } while scanner.take("|")
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction(depth: Int) throws(NGSILDError) -> AttributeQuery.Condition {
        var parts: [AttributeQuery.Condition] = []
        repeat { parts.append(try factor(depth: depth)) } while scanner.take(";")
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func factor(depth: Int) throws(NGSILDError) -> AttributeQuery.Condition {
        guard scanner.take("(") else { return .term(try term()) }
        guard depth < QueryLimits.nestingMax else {
            throw scanner.failure("more than \(QueryLimits.nestingMax) parentheses deep")
        }
        let inner = try alternatives(depth: depth + 1)
        try scanner.require(")")
        return inner
    }

    private mutating func term() throws(NGSILDError) -> AttributeQuery.Term {
        terms += 1
        guard terms <= QueryLimits.termsMax else {
            throw scanner.failure("more than \(QueryLimits.termsMax) terms")
        }
        if scanner.take("!") { return AttributeQuery.Term(path: try path(), test: .absent) }
        let path = try path()
        return AttributeQuery.Term(
            path: path, test: try test(expands: !expanded.isDisjoint(with: path.names)))
    }

    // MARK: Paths

    private mutating func path() throws(NGSILDError) -> AttributePath {
        var links: [AttributePath.Link] = []
        var types: [String] = []
        var head = try scanner.name(allowsPrefix: true)
        while scanner.take("{") {
            guard links.count < QueryLimits.linksMax else {
                throw scanner.failure("more than \(QueryLimits.linksMax) linked entities deep")
            }
            types = try typeHint()
            links.append(.init(relationship: context.storedName(of: head), types: types))
            head = try scanner.name(allowsPrefix: false)
        }
        let path = try AttributePath(after: head, &scanner, context, links: links)
        for _ in links { try scanner.require("}") }
        return path
    }

    /// `Type,Type:`, where it comes next.
    private mutating func typeHint() throws(NGSILDError) -> [String] {
        var ahead = scanner
        var types: [String] = []
        repeat {
            types.append(context.storedName(of: try ahead.name(allowsPrefix: false)))
        } while ahead.take(",")
        guard ahead.take(":") else {
            guard types.count == 1 else { throw ahead.failure("expected \":\" after the types") }
            return []
        }
        scanner = ahead
        return types
    }

    // MARK: Tests and their values

    private mutating func test(expands: Bool) throws(NGSILDError) -> AttributeQuery.Test {
        if scanner.take("==") { return .equals(try candidates(expands: expands), negated: false) }
        if scanner.take("!=") { return .equals(try candidates(expands: expands), negated: true) }
        if scanner.take("~=") { return .matches(try pattern(), negated: false) }
        if scanner.take("!~=") { return .matches(try pattern(), negated: true) }
        if scanner.take(">=") { return .ordered(.greaterOrEqual, try comparable()) }
        if scanner.take("<=") { return .ordered(.lessOrEqual, try comparable()) }
        if scanner.take(">") { return .ordered(.greater, try comparable()) }
        if scanner.take("<") { return .ordered(.less, try comparable()) }
        switch scanner.next {
        case nil, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ")"): return .exists
        default: throw scanner.failure("expected an operator")
        }
    }

    private mutating func candidates(expands: Bool) throws(NGSILDError) -> [AttributeQuery.Candidate] {
        var candidates: [AttributeQuery.Candidate] = []
        repeat {
            let start = scanner.position
            let value = try literal()
            if scanner.take("..") {
                let end = try literal()
                guard value.isComparable(with: end) else {
                    throw scanner.failure("a range needs two numbers, dates, times or strings", at: start)
                }
                candidates.append(.range(value, end))
            } else {
                candidates.append(.value(expands ? expansion(of: value) : value))
            }
            guard candidates.count <= QueryLimits.listMax else {
                throw scanner.failure("more than \(QueryLimits.listMax) values")
            }
        } while scanner.take(",")
        return candidates
    }

    private mutating func comparable() throws(NGSILDError) -> Literal {
        let start = scanner.position
        let value = try literal()
        switch value {
        case .number, .moment, .string: break
        case .bool, .uri, .expanded:
            throw scanner.failure("only numbers, dates, times and quoted strings have an order", at: start)
        }
        guard scanner.next != UInt8(ascii: "."), scanner.next != UInt8(ascii: ",") else {
            throw scanner.failure("lists and ranges go with == and != alone")
        }
        return value
    }

    private func expansion(of literal: Literal) -> Literal {
        guard let text = literal.text else { return literal }
        return .expanded(iri: context.expandedIRI(of: text))
    }

    private mutating func literal() throws(NGSILDError) -> Literal {
        let start = scanner.position
        if scanner.next == UInt8(ascii: "\"") {
            return .string(try scanner.quoted(keepsUnknownEscapes: false))
        }
        let word = bareWord()
        switch word {
        case "": throw scanner.failure("expected a value")
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        if let moment = Moment(word) { return .moment(moment) }
        if let number = Decimal(word) { return .number(number) }
        guard word.unicodeScalars.first?.properties.isLetter == true else {
            throw scanner.failure(
                "\"\(word)\" is no number, nor a date or time in UTC (4.6.3); a text that begins so is put in quotes",
                at: start)
        }
        return .uri(word)
    }

    /// Up to a delimiter; also up to `..` where what stands before it is a number, a date or a time.
    private mutating func bareWord() -> String {
        let start = scanner.position
        while let byte = scanner.next {
            switch byte {
            case UInt8(ascii: ",") where Moment(scanner.text(from: start) + "Z") != nil:
                // A comma may stand before the second's fraction (4.6.3).
                guard scanner.peek(1)?.isDigit == true else { return scanner.text(from: start) }
            case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: ","),
                UInt8(ascii: "\""):
                return scanner.text(from: start)
            case UInt8(ascii: ".") where scanner.peek(1) == UInt8(ascii: "."):
                let word = scanner.text(from: start)
                if word.isNumberLike || Moment(word) != nil { return word }
            default: break
            }
            scanner.advance()
        }
        return scanner.text(from: start)
    }

    /// A pattern in quotes, or up to the end of its term; `;`, `|` and `)` inside its own groups belong to it.
    private mutating func pattern() throws(NGSILDError) -> Pattern {
        if scanner.next == UInt8(ascii: "\"") {
            return try Pattern(try scanner.quoted(keepsUnknownEscapes: true), parameter: scanner.parameter)
        }
        let start = scanner.position
        var open = 0
        while let byte = scanner.next {
            if byte == UInt8(ascii: "(") { open += 1 }
            if open == 0, byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ")")
            {
                break
            }
            if byte == UInt8(ascii: ")") { open -= 1 }
            scanner.advance(by: byte == UInt8(ascii: "\\") && scanner.peek(1) != nil ? 2 : 1)
        }
        return try Pattern(scanner.text(from: start), parameter: scanner.parameter)
    }
}

extension AttributeQuery {
    /// Reads `q`, or a filter of the same language (`csf`).
    ///
    /// `expandValues` are names whose values are terms of `context` (4.9, EXAMPLE 12).
    ///
    /// - Throws: `badRequestData` with the position of the fault and the text there.
    package init(
        _ text: String, context: Context, expandValues: [String] = [], parameter: String = "q"
    ) throws(NGSILDError) {
        var parser = try AttributeQueryParser(
            text, context: context, expanded: Set(expandValues.map(context.storedName(of:))),
            parameter: parameter)
        self = try parser.query()
    }
}

extension Literal {
    /// Whether the two may be the ends of a range.
    func isComparable(with other: Literal) -> Bool {
        switch (self, other) {
        case (.number, .number), (.string, .string): true
        case (.moment(let left), .moment(let right)): left.kind == right.kind
        default: false
        }
    }
}

extension String {
    /// Starts as a number does, so that nothing but a number can be meant: `01`, `-x` and `4..` are typing errors.
    var isNumberLike: Bool {
        guard let first = utf8.first, first.isDigit || first == UInt8(ascii: "-") else { return false }
        return utf8.allSatisfy { $0.isDigit || "+-.eE".utf8.contains($0) }
    }
}
