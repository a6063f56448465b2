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
        return places.map { place in
            let isWhole = members.isEmpty || (place == ".languageMap" && members == ["*"])
            let inside = isWhole ? "" : JSONPathWriter.accessors(members)
            return JSONPathText(text: instance + place + inside)
        }
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
