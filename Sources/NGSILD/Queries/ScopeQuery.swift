/// A scope query (4.19): alternatives, each of scope patterns that an entity meets all of.
package struct ScopeQuery: Equatable, Sendable {
    /// One scope with its wildcards.
    package struct ScopePattern: Equatable, Sendable {
        /// nil: `+`, any one level.
        package let levels: [String?]
        /// `…/#`: and everything below; without levels it is `/#`, any scope.
        package let includesDescendants: Bool

        /// The scope itself, where there is no wildcard but a trailing `#`.
        package var literal: String? {
            let names = levels.compactMap(\.self)
            return names.count == levels.count ? names.map { "/\($0)" }.joined() : nil
        }

        /// Whether it is met by `scope`, as it is stored, with a leading slash.
        package func matches(_ scope: String) -> Bool {
            let actual = scope.split(separator: "/")
            guard actual.count == levels.count || (includesDescendants && actual.count > levels.count) else {
                return false
            }
            return zip(levels, actual).allSatisfy { level, name in level.map { $0 == name } ?? true }
        }
    }

    /// Not empty, and none of them is.
    package let alternatives: [[ScopePattern]]

    /// `/A/B`, `/A/+/C`, `/A/#`, `/#`, `(/A;/B)|/C`, `/A,/B`; the leading slash may be left out (4.18), and the
    /// parentheses of a conjunction too.
    ///
    /// - Throws: `badRequestData` with the position of the fault.
    package init(_ text: String) throws(NGSILDError) {
        var scanner = try QueryText(text, parameter: "scopeQ")
        var alternatives: [[ScopePattern]] = []
        var count = 0
        repeat {
            let isGrouped = scanner.take("(")
            var patterns: [ScopePattern] = []
            repeat { patterns.append(try Self.pattern(&scanner)) } while scanner.take(";")
            if isGrouped { try scanner.require(")") }
            alternatives.append(patterns)
            count += patterns.count
            guard count <= QueryLimits.termsMax else {
                throw scanner.failure("more than \(QueryLimits.termsMax) scopes")
            }
        } while scanner.take("|") || scanner.take(",")
        guard scanner.isAtEnd else { throw scanner.failure("expected \"|\", \",\" or its end") }
        self.alternatives = alternatives
    }

    private static func pattern(_ scanner: inout QueryText) throws(NGSILDError) -> ScopePattern {
        var levels: [String?] = []
        _ = scanner.take("/")
        repeat {
            if scanner.take("#") { return ScopePattern(levels: levels, includesDescendants: true) }
            // A `+` in a URL that the client did not encode is read as a blank, which no scope has.
            if scanner.take("+") || scanner.take(" ") {
                levels.append(nil)
            } else {
                levels.append(try scanner.name(allowsPrefix: false))
            }
        } while scanner.take("/")
        return ScopePattern(levels: levels, includesDescendants: false)
    }

    /// Whether an entity with these scopes, as they are stored, is selected.
    package func matches(_ scopes: [String]) -> Bool {
        alternatives.contains { $0.allSatisfy { pattern in scopes.contains(where: pattern.matches) } }
    }
}
