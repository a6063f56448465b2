/// A selector of entity types (4.17): alternatives, each of types that an entity has all of.
package struct TypeSelection: Equatable, Sendable {
    /// Stored names; not empty, and none of them is.
    package let alternatives: [[String]]

    /// `A`, `A|B`, `A,B`, `(A;B)|C`; beyond the grammar also `A;B`, which says the same as `(A;B)`.
    ///
    /// - Throws: `badRequestData` with the position of the fault.
    package init(_ text: String, context: Context, parameter: String = "type") throws(NGSILDError) {
        var scanner = try QueryText(text, parameter: parameter)
        var alternatives: [[String]] = []
        var count = 0
        repeat {
            alternatives.append(try Self.alternative(&scanner, context))
            count += alternatives.last?.count ?? 0
            guard count <= QueryLimits.termsMax else {
                throw scanner.failure("more than \(QueryLimits.termsMax) types")
            }
        } while scanner.take("|") || scanner.take(",")
        guard scanner.isAtEnd else { throw scanner.failure("expected \"|\", \",\" or its end") }
        self.alternatives = alternatives
    }

    package init(anyOf types: [String]) {
        alternatives = types.map { [$0] }
    }

    private static func alternative(
        _ scanner: inout QueryText, _ context: Context
    ) throws(NGSILDError) -> [String] {
        let isGrouped = scanner.take("(")
        var types: [String] = []
        repeat { types.append(try name(&scanner, context)) } while scanner.take(";")
        if isGrouped { try scanner.require(")") }
        return types
    }

    private static func name(_ scanner: inout QueryText, _ context: Context) throws(NGSILDError) -> String {
        let name = scanner.take(upTo: ",;|()")
        guard !name.isEmpty else { throw scanner.failure("expected a type") }
        guard name.utf8.contains(UInt8(ascii: ":")) || name.isName else {
            throw scanner.failure("\"\(name)\" is no type name (4.6.2)")
        }
        return context.storedName(of: name)
    }

    /// Whether an entity of these types (stored names) is selected.
    package func matches(_ types: [String]) -> Bool {
        alternatives.contains { $0.allSatisfy(types.contains) }
    }
}

extension String {
    /// A letter, then letters, digits, `_` (4.6.2).
    var isName: Bool { Name.isPlain(unicodeScalars[...]) }
}
