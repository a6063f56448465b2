import JSON

extension AttributeInstance {
    /// Without the members and sub-attributes that are the wish to delete (5.5.8).
    func withoutNulls() -> AttributeInstance {
        var instance = self
        for member in members {
            if AttributeMember(member.name) != nil {
                if member.value.isNGSILDNull(in: member.name) { instance[member.name] = nil }
            } else {
                let instances = member.value.instances.filter { !$0.isNGSILDNull }.map { $0.withoutNulls() }
                instance[member.name] = instances.isEmpty ? nil : .instances(instances)
            }
        }
        return instance
    }
}
