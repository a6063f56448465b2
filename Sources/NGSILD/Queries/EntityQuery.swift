/// Which entities are asked for (5.7.2.3), as typed values: what exists is valid.
package struct EntityQuery: Sendable {
    /// Any of them may select an entity; none: every entity.
    package var selectors: [EntitySelector]
    /// At least one of these attributes (stored names) is there; none: no condition.
    package var attributes: [String]
    package var filter: AttributeQuery?
    package var geo: GeoQuery?
    package var scopes: ScopeQuery?
    package var ordering: Ordering?
    package var page: Page

    package init(
        selectors: [EntitySelector] = [], attributes: [String] = [], filter: AttributeQuery? = nil,
        geo: GeoQuery? = nil, scopes: ScopeQuery? = nil, ordering: Ordering? = nil, page: Page = Page()
    ) {
        self.selectors = selectors
        self.attributes = attributes
        self.filter = filter
        self.geo = geo
        self.scopes = scopes
        self.ordering = ordering
        self.page = page
    }

    /// Reads the parameters of `GET /entities` (6.4.3.2) that say which entities.
    ///
    /// `value` gives the decoded value of a parameter, nil where it is not there.
    ///
    /// - Throws: `badRequestData` for the first of them that is wrong, with its position.
    package init(parameters value: (String) -> String?, context: Context) throws(NGSILDError) {
        selectors =
            try EntitySelector(
                ids: value("id"), idPattern: value("idPattern"), types: value("type"), context: context
            ).map { [$0] } ?? []
        attributes =
            try value("attrs").map { text throws(NGSILDError) in
                try Projection.attributes(text, context: context)
            } ?? []
        let expanded =
            try value("expandValues").map { text throws(NGSILDError) in
                try Self.terms(text, parameter: "expandValues")
            } ?? []
        // Values are stored verbatim, so there is nothing to leave unexpanded; the names are checked all the same.
        _ = try value("jsonKeys").map { text throws(NGSILDError) in
            try Self.terms(text, parameter: "jsonKeys")
        }
        filter = try value("q").map { text throws(NGSILDError) in
            try AttributeQuery(text, context: context, expandValues: expanded)
        }
        geo = try GeoQuery(
            georel: value("georel"), geometry: value("geometry"), coordinates: value("coordinates"),
            geoproperty: value("geoproperty"), context: context)
        scopes = try value("scopeQ").map { text throws(NGSILDError) in try ScopeQuery(text) }
        ordering = try Ordering(
            orderBy: value("orderBy"), orderFrom: value("orderFrom"), orderGeometry: value("orderGeometry"),
            collation: value("collation"), context: context)
        page = try Page(
            limit: value("limit"), offset: value("offset"), after: value("pageAfter"), count: value("count"))
    }

    /// Names separated by `,`, as they are written.
    private static func terms(_ text: String, parameter: String) throws(NGSILDError) -> [String] {
        _ = try Projection.attributes(text, context: .core, parameter: parameter)
        return text.split(separator: ",").map(String.init)
    }

    /// Whether it is too wide to be asked without `local` (5.7.2.4): no type, no attribute of the clients', no place.
    package var isTooWide: Bool {
        let hasTypes = !selectors.isEmpty && selectors.allSatisfy { $0.types != nil }
        let hasAttribute = attributes.contains { !AttributePath.systemNames.contains($0) }
        return !hasTypes && !hasAttribute && !(filter?.hasClientAttribute ?? false) && geo == nil
    }

    /// Whether it says which ids it is about, or how they look.
    package var namesIDs: Bool {
        selectors.contains { !$0.ids.isEmpty || $0.idPattern != nil }
    }

    /// The error for `isTooWide`.
    package static let tooWide = NGSILDError(
        .badRequestData,
        "the query is too wide (5.7.2.4): say type, attrs, q (with an attribute of yours) or georel; "
            + "local=true or type=* asks for every entity here")

    /// Whether `entity`, of the right tenant, is one of the result.
    ///
    /// `linked` gives the entities that the query follows Relationships to.
    package func matches(_ entity: QueriedEntity, linked: LinkedEntities = { _ in nil }) -> Bool {
        !entity.isExpired
            && (selectors.isEmpty || selectors.contains { $0.matches(entity.row) })
            && (scopes?.matches(entity.row.scopes) ?? true)
            && (attributes.isEmpty || attributes.contains(where: entity.has))
            && (geo?.matches(entity) ?? true)
            && (filter?.matches(entity, linked: linked) ?? true)
    }
}
