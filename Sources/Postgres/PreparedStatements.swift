/// What one connection has prepared, under which names.
///
/// Pure: it says what has to be sent; the connection sends it.
struct PreparedStatements {
    // By the statement's number: the types that it was prepared for.
    private var constants: [Int: [UInt32]] = [:]
    private var texts: [TextKey: TextEntry] = [:]
    private var uses = 0
    private let textsMax: Int

    /// The same text for other types is another statement.
    private struct TextKey: Hashable {
        let text: String
        let types: [UInt32]
    }

    private struct TextEntry {
        let name: String
        var lastUse: Int
        /// The server has said that it is prepared: only then may it be deallocated, since a DEALLOCATE
        /// that fails would end the transaction around it.
        var isConfirmed = false
    }

    /// What a call needs: the statement's name, and what has to be done first.
    struct Plan: Equatable {
        let name: String
        var isNew = false
    }

    init(textsMax: Int = PostgresLimits.preparedTextsMax) {
        self.textsMax = textsMax
    }

    mutating func plan(_ call: Call) -> Plan {
        switch call.source {
        case .statement(let statement): plan(statement, call.parameters.types)
        case .text(let text): plan(TextKey(text: text, types: call.parameters.types))
        case .command: Plan(name: "")
        }
    }

    /// The server has prepared the statement of `call`.
    mutating func confirm(_ call: Call) {
        guard case .text(let text) = call.source else { return }
        texts[TextKey(text: text, types: call.parameters.types)]?.isConfirmed = true
    }

    /// Forgets the statement of `call`: preparing it has failed, or the server does not know it.
    mutating func forget(_ call: Call) {
        switch call.source {
        case .statement(let statement): constants[statement.number] = nil
        case .text(let text): texts[TextKey(text: text, types: call.parameters.types)] = nil
        case .command: break
        }
    }

    /// The name of the statement that was not used for longest, where there are too many; it is forgotten.
    mutating func evict() -> String? {
        guard texts.count > textsMax,
            let oldest = texts.filter(\.value.isConfirmed).min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return nil }
        texts[oldest.key] = nil
        return oldest.value.name
    }

    private mutating func plan(_ statement: Statement, _ types: [UInt32]) -> Plan {
        let name = "s\(statement.number)"
        guard let known = constants[statement.number] else {
            constants[statement.number] = types
            return Plan(name: name, isNew: true)
        }
        precondition(known == types, "the parameters of a statement are always of the same types")
        return Plan(name: name)
    }

    private mutating func plan(_ key: TextKey) -> Plan {
        uses += 1
        if let known = texts[key] {
            texts[key]?.lastUse = uses
            return Plan(name: known.name)
        }
        let name = "q\(uses)"
        texts[key] = TextEntry(name: name, lastUse: uses)
        return Plan(name: name, isNew: true)
    }
}
