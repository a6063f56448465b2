import JSON

/// Reads the members of an entity, or of a part of one.
struct EntityExpansion {
    let context: Context
    let purpose: ExpansionPurpose
    /// Whether attributes come in the simplified representation, which only a merge takes (5.6.17.3).
    var isSimplified = false

    /// What can be read of the fragment; the rest is among the `faults`.
    func fragment(from view: JSONView, noting faults: inout Faults) throws(NGSILDError) -> EntityFragment {
        guard view.kind == .object else { throw .fault(view, "the entity", "is not a JSON object") }
        guard view.count <= EntityLimits.attributesMax else {
            throw .fault(
                at: view, "the entity has \(view.count) members; \(EntityLimits.attributesMax) are allowed")
        }
        var fragment = EntityFragment()
        fragment.payloadBytes = view.rawRange.count
        fragment.attributes.reserveCapacity(view.count)
        var names: Set<String> = []
        for (name, value) in view.members {
            do throws(NGSILDError) {
                let term = name.string ?? ""
                switch term {
                case "id", "@id": try setID(value, of: &fragment)
                case "type", "@type": try setTypes(value, of: &fragment)
                case "scope": fragment.scopes = try scopes(value)
                case "expiresAt": fragment.expiresAt = try expiresAt(value)
                // Brokers make these times and ignore what clients send (5.2.2); the API read the @context.
                case "createdAt", "modifiedAt", "deletedAt", "@context": break
                default:
                    let attribute = try self.attribute(term, name, value)
                    guard isNew(attribute.name, in: fragment, &names) else {
                        throw .fault(name, "the name", "stands for the same attribute as another name here")
                    }
                    fragment.attributes.append(attribute)
                }
            } catch {
                try faults.add(error)
            }
        }
        return fragment
    }

    /// Whether the fragment has no attribute of this name yet.
    ///
    /// Beyond `linearMax` the names are gathered in `names`.
    private func isNew(_ name: String, in fragment: EntityFragment, _ names: inout Set<String>) -> Bool {
        if fragment.attributes.count < Self.linearMax {
            return !fragment.attributes.contains { $0.name == name }
        }
        if names.isEmpty { names = Set(fragment.attributes.map(\.name)) }
        return names.insert(name).inserted
    }

    /// Attributes up to which comparing names one by one is quicker than hashing them.
    private static let linearMax = 16

    private func attribute(
        _ term: String, _ name: JSONView, _ value: JSONView
    ) throws(NGSILDError) -> AttributeFragment {
        let expansion = AttributeExpansion(context: context, purpose: purpose)
        let stored = try expansion.storedName(of: term, at: name)
        if value.isNull {
            let advice = purpose.mayDelete ? "send \"\(NGSILDNull.text)\" to delete" : "leave it out"
            throw .fault(at: value, "the attribute \(term) is null; \(advice)")
        }
        let instances =
            isSimplified
            ? try expansion.simplifiedInstances(of: stored, from: value)
            : try expansion.instances(of: stored, from: value)
        return AttributeFragment(name: stored, instances: instances, payloadBytes: value.rawRange.count)
    }

    private func setID(_ value: JSONView, of fragment: inout EntityFragment) throws(NGSILDError) {
        guard fragment.id == nil else { throw .fault(at: value, "the entity has both \"id\" and \"@id\"") }
        guard let text = value.string else { throw .fault(value, "the entity id", "is not a string") }
        fragment.id = try EntityID(text, at: value.path)
    }

    private func setTypes(_ value: JSONView, of fragment: inout EntityFragment) throws(NGSILDError) {
        guard fragment.types.isEmpty else {
            throw .fault(at: value, "the entity has both \"type\" and \"@type\"")
        }
        fragment.types = try strings(value, "type", countMax: EntityLimits.typesMax) {
            type throws(NGSILDError) in
            let name = type.string ?? ""
            guard Name.isValid(name), name != NGSILDNull.text else {
                throw .fault(type, "the type", "is not a letter followed by letters, digits and _ (4.6.2)")
            }
            guard name != "type", name != "id" else {
                throw .fault(type, "the type", "is a keyword of the core @context, not the name of a type")
            }
            let stored = context.storedName(of: name)
            guard stored.utf8.count <= EntityLimits.nameBytesMax else {
                throw .fault(
                    at: type,
                    "the type expands to \(stored.utf8.count) bytes; \(EntityLimits.nameBytesMax) are allowed"
                )
            }
            return stored
        }
    }

    private func scopes(_ value: JSONView) throws(NGSILDError) -> EntityFragment.Change<[String]> {
        if value.isString(NGSILDNull.text) {
            guard purpose.mayDelete else { throw .misplacedNull(value) }
            return .remove
        }
        return .set(
            try strings(value, "scope", countMax: EntityLimits.scopesMax) { scope throws(NGSILDError) in
                guard let stored = scope.string.flatMap(Scope.stored) else {
                    throw .fault(
                        scope, "the scope",
                        "is not levels such as \"/Madrid/Gardens\", each a letter followed by letters, digits and _"
                    )
                }
                return stored
            })
    }

    private func expiresAt(_ value: JSONView) throws(NGSILDError) -> EntityFragment.Change<Timestamp> {
        if value.isString(NGSILDNull.text) {
            guard purpose.mayDelete else { throw .misplacedNull(value) }
            return .remove
        }
        guard let moment = value.string.flatMap({ Timestamp($0) }) else {
            throw .notDateTime(value, "expiresAt")
        }
        return .set(moment)
    }

    /// A string or an array of them, each once, in order.
    private func strings(
        _ value: JSONView, _ name: String, countMax: Int, _ read: (JSONView) throws(NGSILDError) -> String
    ) throws(NGSILDError) -> [String] {
        guard value.kind == .array else {
            guard value.kind == .string else {
                throw .fault(value, "the \(name)", "is not a string or an array of strings")
            }
            return [try read(value)]
        }
        guard 1...countMax ~= value.count else {
            throw .fault(at: value, "the \(name) has \(value.count) elements; 1 to \(countMax) are allowed")
        }
        var strings: [String] = []
        var faults = Faults()
        for element in value.elements {
            do throws(NGSILDError) {
                let string = try read(element)
                if !strings.contains(string) { strings.append(string) }
            } catch {
                try faults.add(error)
            }
        }
        try faults.check()
        return strings
    }
}

extension AttributeExpansion {
    /// The instances of an attribute in the simplified representation (4.5.4): a bare value, or one per dataset.
    func simplifiedInstances(of name: String, from view: JSONView) throws(NGSILDError) -> [InstanceFragment] {
        guard view.count == 1, let datasets = view["dataset"], datasets.kind == .object else {
            return [try simplifiedInstance(of: name, from: view)]
        }
        var instances: [InstanceFragment] = []
        for (dataset, value) in datasets.members {
            var fragment = try simplifiedInstance(of: name, from: value)
            if !dataset.isString("@none") {
                guard let id = dataset.string, IRI.isValid(id),
                    id.utf8.count <= EntityLimits.datasetIdBytesMax
                else { throw .fault(dataset, "the datasetId", "is neither an absolute URI nor \"@none\"") }
                fragment.instance.append("datasetId", id)
            }
            instances.append(fragment)
        }
        return instances
    }

    private func simplifiedInstance(of name: String, from view: JSONView) throws(NGSILDError)
        -> InstanceFragment
    {
        let wrapped = [AttributeType.languageProperty, .vocabProperty, .jsonProperty].first { type in
            view.count == 1 && view[type.valueName] != nil
        }
        var fragment =
            if let wrapped {
                try attribute(view, named: name, type: wrapped, isTypeGiven: false)
            } else {
                try bare(view, of: name)
            }
        fragment.isSimplified = true
        return fragment
    }
}
