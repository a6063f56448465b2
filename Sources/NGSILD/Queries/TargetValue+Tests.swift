import JSON

extension TargetValue {
    /// Whether the value meets `test`, by the rules for its type (4.9).
    func meets(_ test: AttributeQuery.Test) -> Bool {
        if case .undefined = self { return false }
        switch test {
        case .exists: return true
        case .absent: return false
        case .equals(let candidates, let negated): return candidates.contains(where: isAny) != negated
        case .ordered(let order, let literal): return isAny { $0.stands(order, to: literal) }
        case .matches(let pattern, let negated):
            guard let texts = patternSubjects, !texts.isEmpty else { return false }
            return texts.contains(where: pattern.isFound) != negated
        }
    }

    /// Equal to the candidate, or, of several values, one of them is.
    private func isAny(_ candidate: AttributeQuery.Candidate) -> Bool {
        scalars.contains { scalar in
            switch candidate {
            case .value(let literal): scalar.equals(literal)
            case .range(let low, let high):
                scalar.stands(.greaterOrEqual, to: low) && scalar.stands(.lessOrEqual, to: high)
            }
        }
    }

    /// An order needs one value: an array has none; a languageMap has any.
    private func isAny(_ holds: (Scalar) -> Bool) -> Bool {
        if case .json(let value) = self, value.kind == .array { return false }
        return scalars.contains(where: holds)
    }

    /// The values that equality looks among.
    private var scalars: [Scalar] {
        switch self {
        case .undefined: []
        case .json(let value): value.kind == .array ? value.elements.map(Scalar.json) : [.json(value)]
        case .texts(let texts): texts.map(Scalar.text)
        case .iris(let iris), .vocabulary(let iris): iris.map(Scalar.iri)
        case .moment(let moment): [.moment(moment)]
        }
    }

    /// The strings that a pattern is searched in; nil where the value is none.
    private var patternSubjects: [String]? {
        switch self {
        case .json(let value): value.string.map { [$0] }
        case .texts(let texts): texts
        case .undefined, .iris, .vocabulary, .moment: nil
        }
    }

    /// One value to compare.
    private enum Scalar {
        case json(JSONView)
        case text(String)
        case iri(String)
        case moment(Moment)

        func equals(_ literal: Literal) -> Bool {
            switch (self, literal) {
            case (.iri(let own), _): return Self.isSame(own, literal.text)
            case (.json(let value), .bool(let flag)): return value.bool == flag
            case (.json(let value), _) where literal.text != nil:
                return literal.text.map(value.isString) ?? false
            case (.text(let own), _) where literal.text != nil: return Self.isSame(own, literal.text)
            default: return comparison(with: literal) == 0
            }
        }

        func stands(_ order: AttributeQuery.Order, to literal: Literal) -> Bool {
            guard let comparison = comparison(with: literal) else { return false }
            switch order {
            case .greater: return comparison > 0
            case .greaterOrEqual: return comparison >= 0
            case .less: return comparison < 0
            case .lessOrEqual: return comparison <= 0
            }
        }

        /// Below, equal to or above `literal`, strings by their code points; nil where the two have no order.
        private func comparison(with literal: Literal) -> Int? {
            switch (self, literal) {
            case (.json(let value), .number(let number)):
                value.number.flatMap { Decimal($0.text) }.map { Self.order($0, number) }
            case (.json(let value), .moment(let moment)):
                value.string.flatMap { Moment($0) }?.comparison(with: moment)
            case (.json(let value), .string(let text)): value.string.map { Self.order(Array($0.utf8), text) }
            case (.text(let own), .string(let text)): Self.order(Array(own.utf8), text)
            case (.text(let own), .moment(let moment)): Moment(own)?.comparison(with: moment)
            case (.moment(let own), .moment(let moment)): own.comparison(with: moment)
            case (.moment(let own), .string(let text)): Moment(text).flatMap { own.comparison(with: $0) }
            default: nil
            }
        }

        /// Byte by byte: `==` on `String` would take canonically equivalent texts for one.
        private static func isSame(_ left: String, _ right: String?) -> Bool {
            right.map { left.utf8.elementsEqual($0.utf8) } ?? false
        }

        private static func order(_ left: Decimal, _ right: Decimal) -> Int {
            left == right ? 0 : left < right ? -1 : 1
        }

        private static func order(_ left: [UInt8], _ right: String) -> Int {
            left.elementsEqual(right.utf8) ? 0 : left.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        }
    }
}
