/// Entities by id, pattern and type (5.2.33): what is said holds together.
package struct EntitySelector: Equatable, Sendable {
    /// One of these, which win over the pattern; empty: any.
    package let ids: [EntityID]
    package let idPattern: Pattern?
    package let types: TypeSelection?

    package init(ids: [EntityID] = [], idPattern: Pattern? = nil, types: TypeSelection? = nil) {
        self.ids = ids
        self.idPattern = ids.isEmpty ? idPattern : nil
        self.types = types
    }

    /// From the parameters `id`, `idPattern` and `type` (`*`: any); nil where none says anything.
    ///
    /// - Throws: `badRequestData` where an id is no URI, the pattern no ERE, or the types no selection.
    package init?(
        ids: String?, idPattern: String?, types: String?, context: Context
    ) throws(NGSILDError) {
        var list: [EntityID] = []
        if let ids {
            for id in ids.split(separator: ",", omittingEmptySubsequences: false) {
                list.append(try EntityID(String(id), at: "id"))
            }
            guard list.count <= QueryLimits.listMax else {
                throw NGSILDError(
                    .badRequestData, "id lists more than \(QueryLimits.listMax) entities", at: "id")
            }
        }
        // A `+` in a URL that the client did not encode is read as a blank, which no id has.
        let pattern = try idPattern.map { text throws(NGSILDError) in
            try Pattern(text.replacing(" ", with: "+"), parameter: "idPattern")
        }
        let selection = try types.flatMap { $0 == "*" ? nil : $0 }.map { text throws(NGSILDError) in
            try TypeSelection(text, context: context)
        }
        guard !list.isEmpty || pattern != nil || selection != nil else { return nil }
        self.init(ids: list, idPattern: pattern, types: selection)
    }

    package func matches(_ entity: StoredEntity) -> Bool {
        (ids.isEmpty || ids.contains { $0.description == entity.id })
            && (idPattern?.isFound(in: entity.id) ?? true)
            && (types?.matches(entity.types) ?? true)
    }
}
