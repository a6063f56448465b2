import JSON
import NGSILD

/// The body of a query by POST (5.2.23): its members as the parameters of `GET /entities` would say them.
struct QueryDocument {
    /// By the names of table 6.4.3.2-1.
    private(set) var fields: [(name: String, value: String)] = []
    private(set) var selectors: [EntitySelector] = []
    /// The `type` of each selector as it stands there.
    private(set) var typeTexts: [String?] = []

    /// - Throws: `badRequestData` with the place of what is no query.
    init(_ document: Document) throws(NGSILDError) {
        let root = document.root
        guard root.kind == .object, (root["type"] ?? root["@type"])?.isString("Query") == true else {
            throw NGSILDError(.badRequestData, "the body is no object with the type \"Query\"", at: root.path)
        }
        for (name, value) in root.members {
            try add(name.string ?? "", value, document.context)
        }
    }

    /// `error` with a JSON Pointer into the body where it names the parameter that a member stands for.
    func placing(_ error: NGSILDError) -> NGSILDError {
        guard let name = error.path, fields.contains(where: { $0.name == name }) else { return error }
        var error = error
        error.path =
            switch name {
            case "georel", "geometry", "coordinates", "geoproperty": "/geoQ/\(name)"
            case "orderBy", "collation": "/ordering/\(name)"
            case "orderFrom": "/ordering/coordinates"
            case "orderGeometry": "/ordering/geometry"
            default: "/\(name)"
            }
        return error
    }

    private mutating func add(_ name: String, _ value: JSONView, _ context: Context) throws(NGSILDError) {
        switch name {
        case "type", "@type", "@context": break
        case "q", "scopeQ", "csf", "lang", "join", "expandValues", "jsonKeys", "entityMapLifetime":
            fields.append((name, try value.requiredString()))
        case "attrs", "pick", "omit", "containedBy", "datasetId":
            fields.append((name, try value.requiredStrings().joined(separator: ",")))
        case "joinLevel":
            guard let level = value.number?.integer else {
                throw .fault(value, "joinLevel", "is no whole number")
            }
            fields.append((name, String(level)))
        case "entityMap", "splitEntities":
            guard let flag = value.bool else { throw .fault(value, name, "is neither true nor false") }
            fields.append((name, String(flag)))
        case "entities": try addSelectors(value, context)
        case "geoQ": try addGeoQuery(value)
        case "ordering": try addOrdering(value)
        case "temporalQ", "aggrParams":
            throw .fault(value, name, "is for queries of the temporal evolution alone")
        default: throw .fault(value, "the member \"\(name)\"", "is none of a Query (5.2.23)")
        }
    }

    // MARK: Entities (5.2.33)

    private mutating func addSelectors(_ value: JSONView, _ context: Context) throws(NGSILDError) {
        guard value.kind == .array, value.count > 0, value.count <= QueryLimits.listMax else {
            throw .fault(value, "entities", "is not an array of 1 to \(QueryLimits.listMax) entity selectors")
        }
        for element in value.elements { try addSelector(element, context) }
    }

    private mutating func addSelector(_ value: JSONView, _ context: Context) throws(NGSILDError) {
        guard let types = try (value["type"] ?? value["@type"])?.requiredString() else {
            throw .fault(value, "an entity selector", "is not an object with a type (5.2.33)")
        }
        for (name, member) in value.members {
            guard ["id", "@id", "type", "@type", "idPattern"].contains(name.string) else {
                throw .fault(member, "the member \"\(name.string ?? "")\"", "is none of an entity selector")
            }
        }
        let pattern = try value["idPattern"].map { view throws(NGSILDError) in
            try Pattern(try view.requiredString(), parameter: "idPattern")
        }
        var ids: [EntityID] = []
        if let id = value["id"] ?? value["@id"] {
            let texts = id.kind == .array ? try id.requiredStrings() : [try id.requiredString()]
            for text in texts { ids.append(try EntityID(text, at: id.path)) }
        }
        let selection = types == "*" ? nil : try TypeSelection(types, context: context)
        selectors.append(EntitySelector(ids: ids, idPattern: pattern, types: selection))
        typeTexts.append(types)
    }

    // MARK: Geography (5.2.13) and order (5.2.43)

    private mutating func addGeoQuery(_ value: JSONView) throws(NGSILDError) {
        try value.requireMembers(among: ["georel", "geometry", "coordinates", "geoproperty"], of: "geoQ")
        if let missing = ["georel", "geometry", "coordinates"].first(where: { value[$0] == nil }) {
            throw .fault(value, "geoQ", "has no \(missing)")
        }
        for name in ["georel", "geometry", "geoproperty"] {
            if let member = value[name] { fields.append((name, try member.requiredString())) }
        }
        if let coordinates = value["coordinates"] {
            fields.append(("coordinates", coordinates.string ?? coordinates.rawText))
        }
    }

    private mutating func addOrdering(_ value: JSONView) throws(NGSILDError) {
        try value.requireMembers(among: ["orderBy", "coordinates", "geometry", "collation"], of: "ordering")
        guard let keys = value["orderBy"] else { throw .fault(value, "ordering", "has no orderBy") }
        fields.append(("orderBy", try keys.requiredStrings().joined(separator: ",")))
        if let coordinates = value["coordinates"] { fields.append(("orderFrom", coordinates.rawText)) }
        if let geometry = value["geometry"] {
            fields.append(("orderGeometry", try geometry.requiredString()))
        }
        if let collation = value["collation"] { fields.append(("collation", try collation.requiredString())) }
    }
}

extension JSONView {
    fileprivate func requiredString() throws(NGSILDError) -> String {
        guard let string else { throw .fault(self, "this member", "is no string") }
        return string
    }

    fileprivate func requiredStrings() throws(NGSILDError) -> [String] {
        guard kind == .array, count > 0, count <= QueryLimits.listMax else {
            throw .fault(self, "this member", "is not an array of 1 to \(QueryLimits.listMax) strings")
        }
        var strings: [String] = []
        for element in elements { strings.append(try element.requiredString()) }
        return strings
    }

    fileprivate func requireMembers(among names: [String], of subject: String) throws(NGSILDError) {
        guard kind == .object else { throw .fault(self, subject, "is no object") }
        for (name, member) in members where !names.contains(name.string ?? "") {
            throw .fault(member, "the member \"\(name.string ?? "")\"", "is none of \(subject)")
        }
    }

    fileprivate var rawText: String { String(decoding: rawBytes, as: UTF8.self) }
}
