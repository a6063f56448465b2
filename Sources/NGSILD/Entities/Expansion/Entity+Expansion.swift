package import JSON

extension Entity {
    /// A whole entity of a payload, normalized or concise, made at `now` (4.5.1, 5.5.4).
    ///
    /// - Throws: `badRequestData` with the place of the fault.
    package init(expanding view: JSONView, context: Context, at now: Timestamp) throws(NGSILDError) {
        let fragment = try EntityExpansion(context: context, purpose: .create).fragment(from: view)
        guard let id = fragment.id else {
            throw NGSILDError(.badRequestData, "the entity has no \"id\"", at: view.path)
        }
        try self.init(fragment, id: id, at: now, path: view.path)
    }

    /// The entity `id` from a payload that need not repeat the id (5.6.18).
    ///
    /// - Throws: `badRequestData` with the place of the fault; where the payload names another entity, too.
    package init(
        expanding view: JSONView, id: EntityID, context: Context, at now: Timestamp
    ) throws(NGSILDError) {
        let fragment = try EntityExpansion(context: context, purpose: .create).fragment(from: view)
        if let other = fragment.id, other != id {
            throw NGSILDError(
                .badRequestData, "the payload is the entity \(other), the request is about \(id)",
                at: view.path + "/id")
        }
        try self.init(fragment, id: id, at: now, path: view.path)
    }

    private init(
        _ fragment: EntityFragment, id: EntityID, at now: Timestamp, path: String
    ) throws(NGSILDError) {
        guard !fragment.types.isEmpty else {
            throw NGSILDError(.badRequestData, "the entity \(id) has no \"type\"", at: path)
        }
        self.init(id: id, types: fragment.types, createdAt: now, modifiedAt: now)
        if case .set(let scopes) = fragment.scopes { self.scopes = scopes }
        if case .set(let moment) = fragment.expiresAt { expiresAt = moment }
        for attribute in fragment.attributes {
            attributes[attribute.name] = attribute.instances.map(\.instance)
        }
    }
}

extension EntityFragment {
    /// A part of an entity, to append, update or merge (5.4, 5.5.4).
    ///
    /// `isSimplified` is for merges alone.
    ///
    /// - Throws: `badRequestData` with the place of the fault.
    package init(
        expanding view: JSONView, context: Context, for purpose: ExpansionPurpose, isSimplified: Bool = false
    ) throws(NGSILDError) {
        let expansion = EntityExpansion(context: context, purpose: purpose, isSimplified: isSimplified)
        self = try expansion.fragment(from: view)
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
        let expansion = AttributeExpansion(context: context, purpose: purpose, isPayload: true)
        self.name = name
        guard purpose == .partialUpdate else {
            instances = [try expansion.instance(of: name, from: view)]
            return
        }
        guard view.kind == .object, view.members.contains(where: { !$0.name.isString("@context") }) else {
            throw .fault(view, "the attribute fragment", "is not an object with a member to update")
        }
        instances = [try expansion.members(of: name, from: view)]
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
