package import NGSILD

/// A declared index on the values at a path of the entities of a type.
package struct ValueIndex: Sendable, Equatable {
    let key: Int32
    /// Stored name.
    package let type: String
    package let path: AttributePath

    /// Characters of a text that an index holds, and that an order looks at; `text_key` has the same number.
    static let textCharactersMax = 400
}

/// A value index as administrators see it.
package struct DeclaredIndex: Sendable, Equatable {
    package let index: ValueIndex
    /// Entities that were there before it and have been taken into it; of a ready one all of them.
    package let filledEntities: Int64
    /// Entities of its type, now.
    package let entities: Int64
    package let created: Timestamp
    /// Since when queries use it; nil: it is being filled.
    package let ready: Timestamp?

    /// What its resource is called.
    package var key: Int32 { index.key }
}

extension AttributePath {
    /// Whether the values here can be indexed: no moment that the hub keeps, no entity that it leads to.
    package var isIndexable: Bool {
        guard links.isEmpty, let first = names.first, let last = names.last else { return false }
        return !AttributePath.systemNames.contains(last)
            && !names.contains(where: QueriedEntity.isValueMember)
            && !["id", "@id", "@type", "scope"].contains(first)
    }

    /// Where its values can be, in the order in which `orderBy` takes the first.
    var valuePaths: [JSONPathText] {
        let instance = "$" + JSONPathWriter.accessors(names)
        if let last = names.last, names.count > 1, QueriedEntity.isPlainMember(last) {
            return [JSONPathText(text: instance)]
        }
        let places = [".value", ".object", ".vocab", ".json", ".languageMap", ".valueList", ".objectList"]
        let whole = places.map { place in
            let inside = place == ".languageMap" && members == ["*"] ? [] : members
            return JSONPathText(text: Self.path(from: instance, to: inside, of: place))
        }
        // Of a JSON-LD value object what it says (annex C.6).
        let typed = Self.path(from: instance, to: ["@value"], of: ".value")
        return members.isEmpty ? [JSONPathText(text: typed)] + whole : whole
    }

    /// Members inside of a value are those of objects: a path alone would look into the elements of arrays too.
    private static func path(from instance: String, to members: [String], of place: String) -> String {
        let guards = members.indices.map { depth in
            #"@\#(place)\#(JSONPathWriter.accessors(members.prefix(depth))).type() == "object""#
        }
        let filter = guards.isEmpty ? "" : " ? (\(guards.joined(separator: " && ")))"
        return instance + filter + place + JSONPathWriter.accessors(members)
    }

    /// All values that a query may compare with, those in arrays too.
    var elementPaths: [JSONPathText] {
        var paths: [String] = []
        for path in valuePaths.map(\.text) {
            paths.append(path + "[*]")
            if path.hasSuffix(".languageMap") { paths.append(path + ".*[*]") }
            if path.hasSuffix(".objectList") { paths.append(path + ".object") }
        }
        return paths.map { JSONPathText(text: $0) }
    }
}
