import JSON

extension Entity {
    /// Replace Entity (5.6.18.4): all of it is `new`; what was there by the same name keeps its `createdAt`.
    package func replacing(with new: Entity, at now: Timestamp) -> Entity {
        let now = max(now, modifiedAt)
        var entity = self
        entity.types = new.types
        entity.scopes = new.scopes
        entity.expiresAt = new.expiresAt
        entity.modifiedAt = now
        let names = new.attributes.names
        entity.attributes.reserve(names.count)
        for name in attributes.names where !new.attributes.contains(name) { entity.attributes[name] = [] }
        for name in names {
            let old =
                attributes.find(name, stored: { AttributeInstance.remains(of: $0) }, edited: { $0 }) ?? []
            var instances = new.attributes[name]
            for place in instances.indices {
                let datasetId = instances[place].datasetId
                instances[place] = stamped(
                    instances[place], replacing: old.first { $0.datasetId == datasetId }, at: now)
            }
            entity.attributes[name] = instances
        }
        return entity
    }

    /// Replace Attribute (5.6.19.4): the instance of the fragment's dataset, which has to be there.
    ///
    /// - Throws: `resourceNotFound` where it is not.
    package func replacingAttribute(
        _ fragment: AttributeFragment, at now: Timestamp
    ) throws(NGSILDError) -> (entity: Entity, result: UpdateResult) {
        let now = max(now, modifiedAt)
        var entity = self
        for new in fragment.instances {
            _ = try place(of: new.instance.datasetId, in: attributes[fragment.name], of: fragment.name)
            entity.put(new.instance, as: fragment.name, at: now)
        }
        entity.modifiedAt = now
        return (entity, UpdateResult(updated: [fragment.name]))
    }

    /// Where the instance is that a request is about.
    ///
    /// - Throws: `resourceNotFound` where there is none of the dataset.
    func place(
        of datasetId: String?, in instances: [AttributeInstance], of name: String
    ) throws(NGSILDError) -> Int {
        guard let place = instances.firstIndex(where: { $0.datasetId == datasetId }) else {
            let missing =
                instances.isEmpty
                ? "no attribute \(name)"
                : datasetId.map { "no instance of \(name) with the datasetId \"\($0)\"" }
                    ?? "no default instance of \(name)"
            throw NGSILDError(.resourceNotFound, "the entity \(id) has \(missing)")
        }
        return place
    }
}

extension AttributeInstance {
    /// What the stored instances of an attribute leave to those that replace them: which they were, when they were
    /// made, and their sub-attributes.
    fileprivate static func remains(of stored: JSONView) -> [AttributeInstance] {
        switch stored.kind {
        case .object: [AttributeInstance(remainingOf: stored)]
        case .array: stored.elements.map { AttributeInstance(remainingOf: $0) }
        default: []
        }
    }

    private init(remainingOf stored: JSONView) {
        self.init(reserving: 0)
        for (name, value) in stored.members {
            switch AttributeMember(name) {
            case .datasetId, .createdAt, nil: append(name.string ?? "", .verbatim(value))
            default: break
            }
        }
    }
}
