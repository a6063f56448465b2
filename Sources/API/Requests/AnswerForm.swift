import HTTP
import JSON
import NGSILD
import Operations

/// How the entities of an answer are to look: media type, representation, `@context` (6.3.6, 6.3.7, 6.3.15).
struct AnswerForm {
    let media: MediaType
    private(set) var representation: Representation
    let context: Context
    let join: Join?
    /// The address of the `@context` for the Link header; nil: its source has none.
    var link: String?
    private let preferences: Preferences

    /// - Throws: `invalidRequest` for a form that is not known, `badRequestData` for parameters that do not fit each
    ///   other, `Refusal.notAcceptable`.
    init(_ request: APIRequest, _ parameters: Parameters, context: Context) throws {
        media = try request.mediaType(among: [.json, .ldJSON, .geoJSON])
        preferences = Preferences(request.header("Prefer"))
        self.context = context
        link = context.source.linkURL
        guard !parameters.fields.isEmpty || media == .geoJSON || preferences.version != nil else {
            representation = Representation()
            join = nil
            return
        }
        let options = try FormatOptions(parameters)
        var representation = Representation(
            form: options.form, isGeoJSON: media == .geoJSON,
            includesSystemAttributes: options.includesSystemAttributes)
        representation.language = try parameters["lang"].map { text throws(NGSILDError) in
            try LanguageFilter(text)
        }
        representation.projection = try Projection(
            pick: parameters["pick"], omit: parameters["omit"], attrs: parameters["attrs"], context: context)
        try Self.check(attributes: parameters)
        representation.datasetIds = try Self.datasetIds(parameters)
        if let name = try Self.geometryProperty(parameters, media, context) {
            representation.geometryProperty = name
        }
        representation.version = preferences.version
        join = try Join(parameters, datasetIds: representation.datasetIds)
        try Self.check(representation.projection, against: join)
        self.representation = representation
    }

    /// `attrs` names attributes, not the members that every entity has (6.5.3.1).
    private static func check(attributes parameters: Parameters) throws(NGSILDError) {
        let members = ["id", "type", "scope", "@id", "@type"]
        guard let name = try parameters.list("attrs")?.first(where: members.contains) else { return }
        throw NGSILDError(
            .badRequestData, "attrs lists \(name), which is no attribute: pick lists members too", at: "attrs"
        )
    }

    private static func datasetIds(_ parameters: Parameters) throws(NGSILDError) -> Set<String>? {
        guard let ids = try parameters.list("datasetId") else { return nil }
        for id in ids where id != "@none" && !IRI.isValid(id) {
            throw NGSILDError(
                .badRequestData, "the datasetId \"\(id)\" is neither a URI nor @none", at: "datasetId")
        }
        return Set(ids)
    }

    private static func geometryProperty(
        _ parameters: Parameters, _ media: MediaType, _ context: Context
    ) throws(NGSILDError) -> String? {
        guard let name = parameters["geometryProperty"] else { return nil }
        guard media == .geoJSON else {
            throw NGSILDError(
                .badRequestData, "geometryProperty is for answers as application/geo+json alone",
                at: "geometryProperty")
        }
        return try Projection.attribute(name, context: context, parameter: "geometryProperty")
    }

    /// Nothing is said about linked entities that are not asked for (5.7.2.4).
    private static func check(_ projection: Projection, against join: Join?) throws(NGSILDError) {
        guard projection.depth > join?.level ?? 0 else { return }
        throw NGSILDError(
            .badRequestData,
            "pick or omit reaches \(projection.depth) linked entities deep: join and joinLevel have to say so",
            at: "joinLevel")
    }

    // MARK: Answer

    /// `entity` with what it links to inside, and how much of it was left.
    func single(
        _ entity: StoredEntity, linked: [LinkedEntity], at now: Timestamp
    ) -> (body: [UInt8], extent: EntityRenderer.Extent) {
        var writer = JSONWriter(reserving: entity.document.count * 2 + 512)
        let extent = renderer(at: now, inside: [entity], linked).write(entity, into: &writer)
        return (writer.bytes, extent)
    }

    /// The answer's list of `entities`, with what they link to inside or behind them (4.5.23).
    func list(_ entities: [StoredEntity], linked: [LinkedEntity], at now: Timestamp) -> [UInt8] {
        let bytes = entities.reduce(1024) { $0 + $1.document.count * 2 + 256 }
        var writer = JSONWriter(reserving: linked.reduce(bytes) { $0 + $1.entity.document.count * 2 })
        if join?.style == .flat {
            writeFlat(entities, linked, at: now, into: &writer)
        } else if representation.projection.isIdentity || representation.isGeoJSON {
            renderer(at: now, inside: entities, linked).write(entities, into: &writer)
        } else {
            writeProjected(entities, renderer(at: now, inside: entities, linked), into: &writer)
        }
        return writer.bytes
    }

    /// An array of those of which the projection leaves something (4.21).
    private func writeProjected(
        _ entities: [StoredEntity], _ renderer: EntityRenderer, into writer: inout JSONWriter
    ) {
        var scratch = JSONWriter()
        writer.beginArray()
        for entity in entities {
            scratch.removeAll()
            if renderer.write(entity, into: &scratch).members > 0 { writer.raw(scratch.bytes) }
        }
        writer.endArray()
    }

    /// A renderer of single entities; what they link to goes inside them.
    private func renderer(
        at now: Timestamp, inside entities: [StoredEntity] = [], _ linked: [LinkedEntity] = []
    ) -> EntityRenderer {
        var found: EntityRenderer.LinkedEntities?
        if let join, join.style == .inline {
            let all = entities + linked.map(\.entity)
            let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
            let hidden = join.containedBy
            found = .init(depth: join.level) { hidden.contains($0) ? nil : byID[$0] }
        }
        return EntityRenderer(
            representation, context: context, now: now,
            contextMember: isContextInBody ? context.memberText : nil, linked: found)
    }

    /// Linking entities, then linked ones, each by its own projection.
    private func writeFlat(
        _ entities: [StoredEntity], _ linked: [LinkedEntity], at now: Timestamp, into writer: inout JSONWriter
    ) {
        let isCollection = representation.isGeoJSON
        let context = isContextInBody ? self.context.memberText : nil
        if isCollection {
            writer.beginObject()
            writer.name("type")
            writer.string("FeatureCollection")
            writer.name("features")
        }
        writer.beginArray()
        let roots = entities.map { LinkedEntity(entity: $0, projection: representation.projection) }
        for (place, item) in (roots + linked).enumerated() {
            var representation = representation
            representation.projection = item.projection
            if place >= roots.count { representation.datasetIds = nil }
            let renderer = EntityRenderer(
                representation, context: self.context, now: now,
                contextMember: isCollection ? nil : context)
            renderer.write(item.entity, into: &writer)
        }
        writer.endArray()
        guard isCollection else { return }
        if let context {
            writer.name("@context")
            writer.raw(context)
        }
        writer.endObject()
    }

    /// The answer with `body`; where it was amended to an earlier version of the specification, a 203 (4.3.6.8).
    ///
    /// `render` gives the body in another form, so that the two can be compared.
    func response(_ body: [UInt8], _ render: (AnswerForm) -> [UInt8]) -> Response {
        var response = Response.ok(body, as: media, link: isContextInBody ? nil : link)
        guard let applied = preferences.applied else { return response }
        response.headers.add("Preference-Applied", "ngsi-ld=\(applied)")
        if applied < .current, body != render(unamended) { response.status = 203 }
        return response
    }

    private var unamended: AnswerForm {
        var form = self
        // Not nil: that is also written in another way, with the blanks of the stored text.
        form.representation.version = .current
        return form
    }

    /// Whether the `@context` goes into the body; else it goes into the Link header (6.3.6).
    var isContextInBody: Bool {
        switch media {
        case .json: false
        case .ldJSON: true
        case .geoJSON: !preferences.keepsContextOutOfBody
        }
    }
}

extension Context {
    /// The value of the member `@context` of answers: what the client sent, else the core's address.
    var memberText: [UInt8] {
        var writer = JSONWriter()
        source.write(into: &writer)
        return writer.bytes
    }
}
