/// A query on attribute values: the parameter `q` (4.9).
package struct AttributeQuery: Equatable, Sendable {
    package indirect enum Condition: Equatable, Sendable {
        case all([Condition])
        case any([Condition])
        case term(Term)
    }

    /// One comparison, or a test of existence.
    package struct Term: Equatable, Sendable {
        package let path: AttributePath
        package let test: Test
    }

    package enum Test: Equatable, Sendable {
        case exists
        /// `!path`: beyond the grammar, as brokers have it.
        case absent
        /// `==` (and, negated, `!=`) with a list of values or ranges.
        case equals([Candidate], negated: Bool)
        case ordered(Order, Literal)
        /// `~=` (and, negated, `!~=`).
        case matches(Pattern, negated: Bool)
    }

    package enum Candidate: Equatable, Sendable {
        case value(Literal)
        /// Both ends included.
        case range(Literal, Literal)
    }

    package enum Order: Equatable, Sendable {
        case greater, greaterOrEqual, less, lessOrEqual
    }

    package let root: Condition

    package init(_ root: Condition) {
        self.root = root
    }

    /// Every term, in the order of the text.
    package var terms: [Term] {
        var terms: [Term] = []
        Self.visit(root) { terms.append($0) }
        return terms
    }

    /// Relationships that it follows, to be compared with `joinLevel` (5.7.2.4: too deep query).
    package var linkDepth: Int { terms.map(\.path.links.count).max() ?? 0 }

    /// Whether it says something about an attribute that a client made (5.7.2.4 c).
    package var hasClientAttribute: Bool {
        terms.contains { !$0.path.isSystemAttribute }
    }

    private static func visit(_ condition: Condition, _ body: (Term) -> Void) {
        switch condition {
        case .all(let parts), .any(let parts): for part in parts { visit(part, body) }
        case .term(let term): body(term)
        }
    }
}
