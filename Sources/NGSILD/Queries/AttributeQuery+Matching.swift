import JSON

/// The entities that a query follows Relationships to, by id; nil: there is none.
package typealias LinkedEntities = (String) -> QueriedEntity?

extension AttributeQuery {
    /// Whether `entity` meets the query (4.9).
    package func matches(_ entity: QueriedEntity, linked: LinkedEntities = { _ in nil }) -> Bool {
        Self.matches(root, entity, linked)
    }

    private static func matches(
        _ condition: Condition, _ entity: QueriedEntity, _ linked: LinkedEntities
    ) -> Bool {
        switch condition {
        case .all(let parts): parts.allSatisfy { matches($0, entity, linked) }
        case .any(let parts): parts.contains { matches($0, entity, linked) }
        case .term(let term): term.matches(entity, linked)
        }
    }
}

extension AttributeQuery.Term {
    func matches(_ entity: QueriedEntity, _ linked: LinkedEntities) -> Bool {
        if test == .absent { return !matches(.exists, path.links[...], entity, linked) }
        return matches(test, path.links[...], entity, linked)
    }

    private func matches(
        _ test: AttributeQuery.Test, _ links: ArraySlice<AttributePath.Link>, _ entity: QueriedEntity,
        _ linked: LinkedEntities
    ) -> Bool {
        guard let link = links.first else {
            return entity.anyTarget(of: path.names) { TargetValue($0, members: path.members).meets(test) }
        }
        return entity.anyTarget(of: [link.relationship]) { target in
            guard case .iris(let objects) = TargetValue(target, members: []) else { return false }
            return objects.contains { id in
                guard let next = linked(id), !next.isExpired else { return false }
                guard link.types.isEmpty || link.types.contains(where: next.row.types.contains) else {
                    return false
                }
                return matches(test, links.dropFirst(), next, linked)
            }
        }
    }
}

/// The value of a target element, in the shape that its type gives it (4.9: target value, target object).
enum TargetValue {
    /// The path inside the value leads nowhere.
    case undefined
    case json(JSONView)
    /// The strings of a languageMap, or of one of its languages.
    case texts([String])
    /// Relationships: only equal and unequal apply.
    case iris([String])
    /// The IRIs of a VocabProperty.
    case vocabulary([String])
    case moment(Moment)

    init(_ target: AttributeTarget, members: [String]) {
        switch target {
        case .instance(let instance): self.init(instance: instance, members: members[...])
        case .moment(let moment): self = members.isEmpty ? .moment(moment) : .undefined
        case .member(let value): self = members.isEmpty ? .json(value) : .undefined
        }
    }

    private init(instance: JSONView, members: ArraySlice<String>) {
        if let map = instance["languageMap"] {
            self = Self.languages(map, members)
        } else if members.isEmpty, let typed = instance["value"]?["@value"] {
            // A JSON-LD value object, as annex C.6 has it for date-times.
            self = .json(typed)
        } else if let value = instance["value"] ?? instance["json"] ?? instance["valueList"] {
            self = value.member(at: members).map { .json($0) } ?? .undefined
        } else if !members.isEmpty {
            self = .undefined
        } else if let vocabulary = instance["vocab"] {
            self = .vocabulary(vocabulary.strings.map { Context.iri(ofStored: $0) })
        } else {
            self = (instance["object"] ?? instance["objectList"]).map { .iris($0.strings) } ?? .undefined
        }
    }

    private static func languages(_ map: JSONView, _ members: ArraySlice<String>) -> TargetValue {
        switch members.first {
        case nil, "*"?: return .texts(map.members.flatMap(\.value.strings))
        case let tag?:
            guard members.count == 1, let texts = map[tag] else { return .undefined }
            return .texts(texts.strings)
        }
    }
}

extension JSONView {
    /// The strings here: itself, its elements, or their `object`s (the two forms of an objectList).
    fileprivate var strings: [String] {
        if let string { return [string] }
        return elements.compactMap { $0.string ?? $0["object"]?.string }
    }

    /// A MemberExpression in dot notation (ECMA 262): through objects alone.
    fileprivate func member(at path: ArraySlice<String>) -> JSONView? {
        guard let name = path.first else { return self }
        return self[name]?.member(at: path.dropFirst())
    }
}
