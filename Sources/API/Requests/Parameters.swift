package import NGSILD

/// The parameters of a request's URL, decoded once; their values become types where they are asked for.
package struct Parameters: Sendable {
    /// In the order of the request: page links keep it where the suite expects it.
    package let fields: [(name: String, value: String)]

    package static let none = Parameters(fields: [])

    private init(fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    /// - Throws: `invalidRequest` where an escape is broken, or a parameter stands there twice.
    package init(query: Substring?) throws(NGSILDError) {
        guard let query, !query.isEmpty else {
            self = .none
            return
        }
        var fields: [(name: String, value: String)] = []
        for part in query.utf8.split(separator: UInt8(ascii: "&")) {
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let name = try percentDecoded(part[..<equals], form: true, in: "the name of a parameter")
            let value = try percentDecoded(
                part[equals...].dropFirst(), form: true, in: "the parameter \(name)", of: name)
            guard !fields.contains(where: { $0.name == name }) else {
                throw NGSILDError(
                    .invalidRequest, "the parameter \(name) is given twice: give its values in one list",
                    at: name)
            }
            fields.append((name, value))
        }
        self.fields = fields
    }

    /// With what the body of a query says (6.23).
    ///
    /// - Throws: `badRequestData` where both say the same thing.
    func adding(_ others: [(name: String, value: String)]) throws(NGSILDError) -> Parameters {
        if let both = others.first(where: { self[$0.name] != nil }) {
            throw NGSILDError(
                .badRequestData, "\(both.name) is said by the URL and by the body", at: both.name)
        }
        return Parameters(fields: fields + others)
    }

    package subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// Refuses what the resource does not know (6.3.20).
    func check(against known: [String]) throws(NGSILDError) {
        guard let unknown = fields.first(where: { !known.contains($0.name) }) else { return }
        let choice =
            known.isEmpty
            ? "this resource takes no parameters" : "this resource knows \(known.joined(separator: ", "))"
        throw NGSILDError(
            .invalidRequest, "the parameter \(unknown.name) is unknown here; \(choice)", at: unknown.name)
    }

    // MARK: Typed values

    /// `true` or `false`; absent: nil.
    package func flag(_ name: String) throws(NGSILDError) -> Bool? {
        guard let text = self[name] else { return nil }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw refusal(of: name, text, "true or false")
        }
    }

    /// A whole number in `range`; absent: nil.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(NGSILDError) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw refusal(of: name, text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The elements of a comma-separated list; absent: nil.
    ///
    /// - Throws: `badRequestData` where one is empty.
    package func list(_ name: String) throws(NGSILDError) -> [String]? {
        guard let text = self[name] else { return nil }
        let elements = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard !elements.contains("") else {
            throw refusal(of: name, text, "a list of names without empty ones between the commas")
        }
        return elements
    }

    /// The one of `choices` that is given; absent: nil.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of choices: Choice.Type
    ) throws(NGSILDError) -> Choice? {
        guard let text = self[name] else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw refusal(of: name, text, "one of \(known)")
        }
        return choice
    }

    private func refusal(of name: String, _ text: String, _ rule: String) -> NGSILDError {
        NGSILDError(.badRequestData, "the parameter \(name) is \"\(text)\", which is not \(rule)", at: name)
    }
}
