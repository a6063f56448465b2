extension Entity {
    /// Delete Attribute (5.6.5.4): the instance of a dataset, the default one by nil or `@none`, or all.
    ///
    /// - Throws: `resourceNotFound` where there is nothing of it.
    package func deletingAttribute(
        _ name: String, datasetId: String? = nil, deleteAll: Bool = false, at now: Timestamp
    ) throws(NGSILDError) -> (entity: Entity, result: UpdateResult) {
        let now = max(now, modifiedAt)
        var entity = self
        let datasetId = datasetId == "@none" ? nil : datasetId
        if name == "scope" {
            guard !scopes.isEmpty else {
                throw NGSILDError(.resourceNotFound, "the entity \(id) has no scope")
            }
            entity.scopes = []
        } else if deleteAll {
            guard attributes.contains(name) else {
                throw NGSILDError(.resourceNotFound, "the entity \(id) has no attribute \(name)")
            }
            entity.attributes[name] = []
        } else {
            _ = try place(of: datasetId, in: attributes[name], of: name)
            _ = entity.removeInstance(of: name, datasetId: datasetId)
        }
        entity.modifiedAt = now
        return (entity, UpdateResult(updated: [name]))
    }

    /// The entity without the attributes whose stored names `isDropped` tells, and `scope` alike (5.6.21.4).
    package func purging(
        at now: Timestamp, _ isDropped: (_ name: String) -> Bool
    ) -> (entity: Entity, result: UpdateResult) {
        let now = max(now, modifiedAt)
        var entity = self
        var result = UpdateResult()
        if !scopes.isEmpty, isDropped("scope") {
            entity.scopes = []
            result.updated.append("scope")
        }
        for name in attributes.names where isDropped(name) {
            entity.attributes[name] = []
            result.updated.append(name)
        }
        if !result.updated.isEmpty { entity.modifiedAt = now }
        return (entity, result)
    }
}
