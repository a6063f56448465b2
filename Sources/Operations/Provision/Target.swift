package import NGSILD

/// The entity that an operation is about: its id and, where the request says so, what types it has (4.17).
package struct Target: Sendable {
    package let id: EntityID
    package let types: TypeSelection?

    package init(_ id: EntityID, types: TypeSelection? = nil) {
        self.id = id
        self.types = types
    }

    /// `entity`, which has to be the one that is meant.
    ///
    /// - Throws: `resourceNotFound` where there is none, or one of other types.
    func required(_ entity: Entity?) throws(NGSILDError) -> Entity {
        guard let entity else { throw absent }
        guard types?.matches(entity.types) ?? true else { throw absent }
        return entity
    }

    var absent: NGSILDError {
        NGSILDError(
            .resourceNotFound,
            types == nil
                ? "there is no entity \(id)" : "there is no entity \(id) of the types that are asked for")
    }
}
