import HTTP
import JSON
import NGSILD
import Operations

/// The discovery of types and attributes, `/types` and `/attributes` (6.25–6.28).
struct DiscoveryHandlers {
    let broker: Broker

    /// `GET /types` (6.25.3.1): an EntityTypeList, or with `details` an array of EntityType.
    func types(_ request: APIRequest) async throws -> Response {
        let form = try await Form(request)
        guard try request.parameters.flag("details") ?? false else {
            let types = try await broker.availableTypes(tenant: request.tenant)
            return try form.list("EntityTypeList", "typeList", of: types, request)
        }
        let types = try await broker.describeTypes(tenant: request.tenant)
        return try form.array(types, request) { type, writer in
            form.open("EntityType", of: type.name, named: "typeName", into: &writer)
            form.names("attributeNames", type.attributes.map(\.name), into: &writer)
        }
    }

    /// `GET /types/{type}` (6.26.3.1).
    func type(_ request: APIRequest) async throws -> Response {
        let form = try await Form(request)
        let type = try await broker.describeType(try form.name(in: request), tenant: request.tenant)
        return form.object { writer in
            form.open("EntityTypeInfo", of: type.name, named: "typeName", into: &writer)
            writer.name("entityCount")
            writer.int(type.entityCount ?? 0)
            writer.name("attributeDetails")
            writer.beginArray()
            for attribute in type.attributes {
                writer.beginObject()
                form.open("Attribute", of: attribute.name, named: "attributeName", into: &writer)
                form.names("attributeTypes", attribute.kinds, into: &writer)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    /// `GET /attributes` (6.27.3.1): an AttributeList, or with `details` an array of Attribute.
    func attributes(_ request: APIRequest) async throws -> Response {
        let form = try await Form(request)
        let attributes = try await broker.describeAttributes(tenant: request.tenant)
        guard try request.parameters.flag("details") ?? false else {
            return try form.list("AttributeList", "attributeList", of: attributes.map(\.name), request)
        }
        return try form.array(attributes, request) { attribute, writer in
            form.open("Attribute", of: attribute.name, named: "attributeName", into: &writer)
            form.names("typeNames", attribute.types, into: &writer)
        }
    }

    /// `GET /attributes/{name}` (6.28.3.1).
    func attribute(_ request: APIRequest) async throws -> Response {
        let form = try await Form(request)
        let attribute = try await broker.describeAttribute(
            try form.name(in: request), tenant: request.tenant)
        return form.object { writer in
            form.open("Attribute", of: attribute.name, named: "attributeName", into: &writer)
            writer.name("attributeCount")
            writer.int(attribute.count)
            form.names("attributeTypes", attribute.kinds, into: &writer)
            form.names("typeNames", attribute.types, into: &writer)
        }
    }
}

/// How discovery answers: as JSON or JSON-LD, its names as the client's `@context` has them.
private struct Form {
    private let media: MediaType
    private let context: Context
    private let applied: SpecificationVersion?

    init(_ request: APIRequest) async throws {
        media = try request.mediaType()
        context = try await request.linkedContext()
        applied = Preferences(request.header("Prefer")).applied
    }

    /// The stored name of what the path names.
    func name(in request: APIRequest) throws(NGSILDError) -> String {
        guard Name.isValid(request.variables[0]) else {
            throw NGSILDError(.badRequestData, "the path's \"\(request.variables[0])\" is no name (4.6.2)")
        }
        return context.storedName(of: request.variables[0])
    }

    // MARK: Members

    /// The members that each description has.
    func open(_ type: String, of name: String, named member: String, into writer: inout JSONWriter) {
        writer.name("id")
        writer.string(Context.iri(ofStored: name))
        writer.name("type")
        writer.string(type)
        writer.name(member)
        writer.string(context.term(ofStored: name))
    }

    func names(_ member: String, _ names: [String], into writer: inout JSONWriter) {
        writer.name(member)
        writer.beginArray()
        for name in names { writer.string(context.term(ofStored: name)) }
        writer.endArray()
    }

    // MARK: Answers

    /// `{"id": "urn:…", "type": "EntityTypeList", "typeList": […]}`.
    func list(
        _ type: String, _ member: String, of items: [String], _ request: APIRequest
    ) throws -> Response {
        let response = object { writer in
            writer.name("id")
            // The list of a tenant is one thing, however often it is asked for.
            writer.string("urn:ngsi-ld:\(type):\(request.tenant.isDefault ? "default" : request.tenant.name)")
            writer.name("type")
            writer.string(type)
            names(member, items, into: &writer)
        }
        return try counting(items.count, in: response, request)
    }

    func object(_ body: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter(reserving: 1024)
        write(body, into: &writer)
        return answer(writer)
    }

    func array<Item>(
        _ items: [Item], _ request: APIRequest, _ body: (Item, inout JSONWriter) -> Void
    ) throws -> Response {
        var writer = JSONWriter(reserving: items.count * 256 + 64)
        writer.beginArray()
        for item in items { write({ body(item, &$0) }, into: &writer) }
        writer.endArray()
        return try counting(items.count, in: answer(writer), request)
    }

    private func write(_ body: (inout JSONWriter) -> Void, into writer: inout JSONWriter) {
        writer.beginObject()
        body(&writer)
        if media == .ldJSON {
            writer.name("@context")
            context.source.write(into: &writer)
        }
        writer.endObject()
    }

    private func answer(_ writer: JSONWriter) -> Response {
        var response = Response.ok(
            writer.bytes, as: media, link: media == .json ? context.source.linkURL : nil)
        if let applied { response.headers.add("Preference-Applied", "ngsi-ld=\(applied)") }
        return response
    }

    private func counting(
        _ count: Int, in response: Response, _ request: APIRequest
    ) throws(NGSILDError) -> Response {
        guard try request.parameters.flag("count") ?? false else { return response }
        var response = response
        response.headers.add("NGSILD-Results-Count", String(count))
        return response
    }
}
