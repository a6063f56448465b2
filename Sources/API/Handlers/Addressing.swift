import NGSILD
import Operations

extension APIRequest {
    /// The entity that the path names, by the types that `type` asks for (4.17).
    func target(_ context: Context) throws(NGSILDError) -> Target {
        let id = try EntityID(variables[0], at: nil)
        let types = try parameters["type"].map { text throws(NGSILDError) in
            try TypeSelection(text, context: context)
        }
        return Target(id, types: types)
    }

    /// The stored name of the attribute that the path names.
    ///
    /// - Throws: `badRequestData` where it is no name (4.6.2), one that no attribute has (4.5.1), or `scope` where that
    ///   is refused (5.6.4.4, 5.6.19.4).
    func attributeName(_ context: Context, allowsScope: Bool = false) throws(NGSILDError) -> String {
        let name = variables[1]
        guard Name.isValid(name) else {
            throw NGSILDError(.badRequestData, "the path's \"\(name)\" is no attribute name (4.6.2)")
        }
        let stored = context.storedName(of: name)
        guard allowsScope || stored != "scope" else {
            throw NGSILDError(
                .badRequestData, "scope is no attribute: PATCH it with the entity's attributes, or DELETE it")
        }
        guard AttributeMember(stored) == nil else {
            throw NGSILDError(
                .badRequestData,
                "the path's \"\(name)\" is a member of entities or attributes and no attribute (4.5.1)"
                    + (stored == "expiresAt" ? ": PATCH the entity with \"\(NGSILDNull.text)\" for it" : ""))
        }
        return stored
    }
}
