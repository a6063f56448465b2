import JSON

extension Entity {
    func times(of instance: AttributeInstance) -> AttributeTimes {
        instance.times(entityCreatedAt: createdAt)
    }

    /// Puts `instance` in the place of the one of its dataset, which keeps its `createdAt`, or adds it.
    mutating func put(_ instance: AttributeInstance, as name: String, at now: Timestamp) {
        var instances = attributes[name]
        let place = instances.firstIndex { $0.datasetId == instance.datasetId }
        let new = stamped(instance, replacing: place.map { instances[$0] }, at: now)
        if let place { instances[place] = new } else { instances.append(new) }
        attributes[name] = instances
    }

    /// `instance` with the times that it has from `now` on in the place of `old`.
    func stamped(
        _ instance: AttributeInstance, replacing old: AttributeInstance?, at now: Timestamp
    ) -> AttributeInstance {
        let oldTimes = old.map(times)
        let newTimes = AttributeTimes(createdAt: oldTimes?.createdAt ?? now, modifiedAt: now)
        var new = instance
        new.stampSubattributes(newTimes, replacing: old, with: oldTimes, at: now)
        new.stamp(newTimes, entityCreatedAt: createdAt)
        return new
    }

    /// Removes the instance of a dataset; false where there is none.
    mutating func removeInstance(of name: String, datasetId: String?) -> Bool {
        let instances = attributes[name]
        let rest = instances.filter { $0.datasetId != datasetId }
        guard rest.count < instances.count else { return false }
        attributes[name] = rest
        return true
    }

    /// Adds the types that are not there yet (4.16); true where there were such.
    mutating func unite(types more: [String]) -> Bool {
        let new = more.filter { !types.contains($0) }
        types += new
        return !new.isEmpty
    }

    mutating func apply(expiresAt change: EntityFragment.Change<Timestamp>) {
        switch change {
        case .set(let moment): expiresAt = moment
        case .remove: expiresAt = nil
        }
    }
}
