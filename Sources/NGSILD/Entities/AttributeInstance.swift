package import JSON

/// One instance of an attribute, or of a sub-attribute, as it is stored (4.5.5).
///
/// Its members in order: `type`, the value by its name, `datasetId` and the other members of `AttributeMember`,
/// sub-attributes by stored name, and the two times where they are not the usual ones (`AttributeTimes`).
package struct AttributeInstance: Sendable {
    struct Member: Sendable {
        let name: String
        var value: MemberValue
    }

    private(set) var members: [Member]

    init(reserving count: Int) {
        members = []
        members.reserveCapacity(count)
    }

    /// An instance as it stands in a stored document.
    package init(_ stored: JSONView) {
        members = []
        members.reserveCapacity(stored.count)
        for (name, value) in stored.members {
            members.append(Member(name: name.string ?? "", value: .verbatim(value)))
        }
    }

    package subscript(name: String) -> MemberValue? {
        get { members.first { $0.name == name }?.value }
        set {
            let place = members.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Missing only in fragments, which take it from the instance they change.
    package var type: AttributeType? { self["type"]?.string.flatMap(AttributeType.named) }

    /// What it says: the member that `type` names.
    package var value: MemberValue? { type.flatMap { self[$0.valueName] } }

    /// nil: the default instance.
    package var datasetId: String? { self["datasetId"]?.string }

    package func timestamp(_ name: String) -> Timestamp? {
        self[name]?.string.flatMap { Timestamp($0) }
    }

    /// By stored name.
    package var subattributes: [(name: String, instances: [AttributeInstance])] {
        members.compactMap { member in
            AttributeMember(member.name) == nil ? (member.name, member.value.instances) : nil
        }
    }

    /// Whether it is the wish to delete the instance: its value, or all of it, is the NGSI-LD Null (4.5.0).
    package var isNGSILDNull: Bool {
        members.contains { $0.value.isNGSILDNull(in: $0.name) && AttributeMember($0.name)?.isValue == true }
    }

    mutating func append(_ name: String, _ value: MemberValue) {
        members.append(Member(name: name, value: value))
    }

    mutating func append(_ name: String, _ text: String) {
        append(name, .json(.string(text)))
    }

    package func write(into writer: inout JSONWriter) {
        writer.beginObject()
        for member in members {
            writer.name(member.name)
            member.value.write(into: &writer)
        }
        writer.endObject()
    }
}

/// The value of a member: as it stood in the text it came from, until somebody changes it.
package enum MemberValue: Sendable {
    case verbatim(JSONView)
    case json(JSONValue)
    case instances([AttributeInstance])

    package var string: String? {
        switch self {
        case .verbatim(let view): view.string
        case .json(let value): value.string
        case .instances: nil
        }
    }

    /// As it stood in its text; nil where it was changed since.
    package var view: JSONView? {
        guard case .verbatim(let view) = self else { return nil }
        return view
    }

    /// As a tree.
    package var json: JSONValue {
        switch self {
        case .verbatim(let view): return JSONValue(view)
        case .json(let value): return value
        case .instances:
            var writer = JSONWriter()
            write(into: &writer)
            // What the writer wrote is JSON.
            guard let value = try? JSONValue(parsing: writer.bytes, limits: .stored) else {
                preconditionFailure("an attribute was not written as JSON")
            }
            return value
        }
    }

    /// As the instances of a sub-attribute; none where it is something else.
    package var instances: [AttributeInstance] {
        guard case .instances(let instances) = self else {
            guard case .verbatim(let view) = self else { return [] }
            return AttributeInstance.all(view)
        }
        return instances
    }

    func isNGSILDNull(in name: String) -> Bool {
        guard case .verbatim(let view) = self else { return false }
        return NGSILDNull.isNull(view, in: name)
    }

    package func write(into writer: inout JSONWriter) {
        switch self {
        case .verbatim(let view): writer.raw(view)
        case .json(let value): writer.value(value)
        // One alone is no array: sub-attributes are served as they are stored (4.5.5.1).
        case .instances(let instances) where instances.count == 1: instances[0].write(into: &writer)
        case .instances(let instances): AttributeInstance.write(instances, into: &writer)
        }
    }
}

extension AttributeInstance {
    /// The instances that the member of a stored document holds: one object, or an array of them.
    package static func all(_ stored: JSONView) -> [AttributeInstance] {
        switch stored.kind {
        case .object: [AttributeInstance(stored)]
        case .array: stored.elements.map { AttributeInstance($0) }
        default: []
        }
    }

    /// One object for a lone default instance, else an array.
    static func write(_ instances: [AttributeInstance], into writer: inout JSONWriter) {
        if instances.count == 1, instances[0].datasetId == nil { return instances[0].write(into: &writer) }
        writer.beginArray()
        for instance in instances { instance.write(into: &writer) }
        writer.endArray()
    }
}

extension AttributeInstance: Equatable {
    package static func == (left: AttributeInstance, right: AttributeInstance) -> Bool {
        MemberValue.instances([left]).json == MemberValue.instances([right]).json
    }
}

extension JSONLimits {
    /// For what the database gives back: concise input gained levels, and exponents were written out by jsonb, which
    /// documents were once.
    package static let stored: JSONLimits = {
        var limits = JSONLimits()
        limits.depthMax = 256
        limits.numberDigitsMax = 2000
        limits.bytesMax = 1 << 30
        return limits
    }()
}
