/// What one connection has prepared, under which names.
///
/// Pure: it says what has to be sent; the connection sends it.
struct PreparedStatements {
    // By the statement's number.
    private var constants: [Int: Entry] = [:]
    private var texts: [TextKey: Entry] = [:]
    private var unused: [String] = []
    private var uses = 0
    private let textsMax: Int

    /// The same text for other types is another statement.
    private struct TextKey: Hashable {
        let text: String
        let types: [UInt32]
    }

    private struct Entry {
        let name: String
        let types: [UInt32]
        var lastUse = 0
        /// The server has said that it is prepared: only then may it be deallocated, since a DEALLOCATE
        /// that fails would end the transaction around it.
        var isConfirmed = false
    }

    /// The name of a call's statement, and whether it has to be prepared first.
    struct Plan: Equatable {
        let name: String
        var isNew = false
    }

    init(textsMax: Int = PostgresLimits.preparedTextsMax) {
        self.textsMax = textsMax
    }

    mutating func plan(_ call: Call) -> Plan {
        uses += 1
        if var known = self[call] {
            precondition(
                call.parameters.areOf(known.types),
                "the parameters of a statement are always of the same types")
            if case .text = call.source {
                known.lastUse = uses
                self[call] = known
            }
            return Plan(name: known.name)
        }
        let entry = Entry(name: "p\(uses)", types: call.parameters.types, lastUse: uses)
        self[call] = entry
        if texts.count > textsMax { evict() }
        return Plan(name: entry.name, isNew: true)
    }

    /// The server has prepared the statement of `call`.
    mutating func confirm(_ call: Call) {
        self[call]?.isConfirmed = true
    }

    /// Forgets the statement of `call`: preparing it has failed, or the server does not know it.
    mutating func forget(_ call: Call) {
        self[call] = nil
    }

    /// The next run of `call` prepares it anew.
    mutating func replace(_ call: Call) {
        if let stale = self[call] { unused.append(stale.name) }
        self[call] = nil
    }

    /// The names of statements that the server shall forget too.
    mutating func takeUnused() -> [String] {
        guard !unused.isEmpty else { return [] }
        defer { unused = [] }
        return unused
    }

    private mutating func evict() {
        guard
            let oldest = texts.filter(\.value.isConfirmed).min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return }
        texts[oldest.key] = nil
        unused.append(oldest.value.name)
    }

    private subscript(call: Call) -> Entry? {
        get {
            switch call.source {
            case .statement(let statement): constants[statement.number]
            case .text(let text): texts[TextKey(text: text, types: call.parameters.types)]
            case .command: nil
            }
        }
        set {
            switch call.source {
            case .statement(let statement): constants[statement.number] = newValue
            case .text(let text): texts[TextKey(text: text, types: call.parameters.types)] = newValue
            case .command: break
            }
        }
    }
}
