package import JSON

extension Entity {
    /// A whole entity of a payload, normalized or concise, made at `now` (4.5.1, 5.5.4).
    ///
    /// - Throws: `badRequestData` with the place of the fault.
    package init(expanding view: JSONView, context: Context, at now: Timestamp) throws(NGSILDError) {
        try self.init(expanding: view, pathID: nil, context: context, at: now)
    }

    /// The entity `id` from a payload that need not repeat the id (5.6.18).
    ///
    /// - Throws: `badRequestData` with the place of the fault; where the payload names another entity, too.
    package init(
        expanding view: JSONView, id: EntityID, context: Context, at now: Timestamp
    ) throws(NGSILDError) {
        try self.init(expanding: view, pathID: id, context: context, at: now)
    }

    private init(
        expanding view: JSONView, pathID: EntityID?, context: Context, at now: Timestamp
    ) throws(NGSILDError) {
        let expansion = EntityExpansion(context: context, purpose: .create)
        var faults = Faults()
        let fragment = try expansion.fragment(from: view, noting: &faults)
        let id = pathID ?? fragment.id
        try fragment.checkNames(pathID, in: view, noting: &faults)
        // A member at fault is not missing.
        if id == nil, view["id"] ?? view["@id"] == nil {
            try faults.add(.fault(at: view, "the entity has no \"id\""))
        }
        if fragment.types.isEmpty, view["type"] ?? view["@type"] == nil {
            try faults.add(.fault(at: view, "the entity has no \"type\""))
        }
        try faults.check()
        guard let id else { preconditionFailure("an entity without an id is a fault") }
        self.init(id: id, types: fragment.types, createdAt: now, modifiedAt: now)
        if case .set(let scopes) = fragment.scopes { self.scopes = scopes }
        if case .set(let moment) = fragment.expiresAt { expiresAt = moment }
        attributes.reserve(fragment.attributes.count)
        for attribute in fragment.attributes {
            attributes[attribute.name] = attribute.instances.map(\.instance)
        }
    }
}

extension EntityFragment {
    /// A part of an entity, to append, update or merge (5.4, 5.5.4); of `id`, where the request names one.
    ///
    /// `isSimplified` is for merges alone.
    ///
    /// - Throws: `badRequestData` with the place of the fault; where the payload names another entity, too.
    package init(
        expanding view: JSONView, id: EntityID? = nil, context: Context, for purpose: ExpansionPurpose,
        isSimplified: Bool = false
    ) throws(NGSILDError) {
        let expansion = EntityExpansion(context: context, purpose: purpose, isSimplified: isSimplified)
        var faults = Faults()
        self = try expansion.fragment(from: view, noting: &faults)
        try checkNames(id, in: view, noting: &faults)
        try faults.check()
    }

    /// Notes where the payload names another entity than the request (5.4).
    fileprivate func checkNames(
        _ target: EntityID?, in view: JSONView, noting faults: inout Faults
    ) throws(NGSILDError) {
        guard let target, let named = id, named != target else { return }
        try faults.add(
            .fault(
                at: view["id"] ?? view["@id"] ?? view,
                "the payload is the entity \(named), the request is about \(target)"))
    }

    /// Stored names of its attributes, in order.
    package var names: [String] { attributes.map(\.name) }

    /// The fragment with only the attributes that `isKept`, for what is forwarded and what stays (4.3.6).
    package func filtered(_ isKept: (_ name: String) -> Bool) -> EntityFragment {
        var fragment = self
        fragment.attributes.removeAll { !isKept($0.name) }
        return fragment
    }
}

extension AttributeFragment {
    /// The payload of a request about one attribute: to replace it, or with `.partialUpdate` to change members of it.
    ///
    /// - Throws: `badRequestData` with the place of the fault.
    package init(
        expanding view: JSONView, name: String, context: Context, for purpose: ExpansionPurpose
    ) throws(NGSILDError) {
        let expansion = AttributeExpansion(context: context, purpose: purpose)
        let view = view.withoutContext
        self.name = name
        payloadBytes = view.rawRange.count
        guard purpose == .partialUpdate else {
            instances = try expansion.instances(of: name, from: view)
            return
        }
        guard view.kind == .object, view.count > 0 else {
            throw .fault(view, "the attribute fragment", "is not an object with a member to update")
        }
        instances = [try expansion.members(of: name, from: view)]
    }
}

extension JSONView {
    /// Without the `@context` that ld+json has in a payload, and that is no part of the attribute there (6.3.5).
    fileprivate var withoutContext: JSONView {
        guard self["@context"] != nil, var object = JSONValue(self).object else { return self }
        object["@context"] = nil
        // What was read once can be read again.
        return (try? JSONDocument(parsing: JSONValue.object(object).bytes).root) ?? self
    }
}

extension AttributeExpansion {
    /// An attribute object, even where it could be a bare value.
    func members(of name: String, from view: JSONView) throws(NGSILDError) -> InstanceFragment {
        if let type = view["type"] ?? view["@type"] {
            return try attribute(view, named: name, type: attributeType(type), isTypeGiven: true)
        }
        let member = valueMember(of: view)
        guard member == .value else {
            return try attribute(view, named: name, type: member?.concludedType, isTypeGiven: false)
        }
        return try instance(of: name, from: view)
    }
}
