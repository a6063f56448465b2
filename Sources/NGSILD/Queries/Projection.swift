/// What of an entity is served: `pick`, `omit` (4.21) and `attrs`.
package struct Projection: Equatable, Sendable {
    /// One member, and what of the entity that it links to.
    package struct Node: Equatable, Sendable {
        /// `id`, `type`, `scope`, or the stored name of an attribute.
        package let name: String
        /// For the linked entities of a Relationship (4.5.23); empty: nothing said about them.
        package let children: [Node]

        package init(_ name: String, _ children: [Node] = []) {
            self.name = name
            self.children = children
        }

        /// Relationships followed below it.
        package var depth: Int { children.isEmpty ? 0 : 1 + (children.map(\.depth).max() ?? 0) }
    }

    /// Only these members; nil: all.
    package var pick: [Node]?
    /// None of these members; a node with children says something about the linked entity only.
    package var omit: [Node]
    /// Only these attributes (stored names), besides id, type and scope; nil: all.
    package var attributes: [String]?

    /// Everything.
    package init() {
        pick = nil
        omit = []
        attributes = nil
    }

    /// - Throws: `badRequestData` for a fault in the grammar, for `attrs` next to `pick` or `omit`, and for a member
    ///   in both.
    package init(pick: String?, omit: String?, attrs: String?, context: Context) throws(NGSILDError) {
        self.pick = nil
        self.omit = []
        if let pick { self.pick = try Self.nodes(pick, parameter: "pick", context: context) }
        if let omit { self.omit = try Self.nodes(omit, parameter: "omit", context: context) }
        if let attrs { attributes = try Self.attributes(attrs, context: context) }
        guard attributes == nil || (self.pick == nil && self.omit.isEmpty) else {
            throw NGSILDError(.badRequestData, "attrs excludes pick and omit (4.21)", at: "attrs")
        }
        let both = Set(self.omit.filter(\.children.isEmpty).map(\.name)).intersection(
            (self.pick ?? []).map(\.name))
        if let name = both.min() {
            throw NGSILDError(.badRequestData, "\"\(name)\" is in pick and in omit (4.21)", at: "omit")
        }
    }

    /// Whether everything is served.
    package var isIdentity: Bool { pick == nil && omit.isEmpty && attributes == nil }

    /// Relationships that it follows, to be compared with `joinLevel` (5.7.2.4).
    package var depth: Int { ((pick ?? []) + omit).map(\.depth).max() ?? 0 }

    /// For what `node`'s Relationship links to.
    package func linked(by name: String) -> Projection {
        var below = Projection()
        if let node = pick?.first(where: { $0.name == name }), !node.children.isEmpty {
            below.pick = node.children
        }
        below.omit = omit.first { $0.name == name }?.children ?? []
        return below
    }

    /// A list of names separated by `,` (`attrs`), as stored names.
    ///
    /// - Throws: `badRequestData` for an empty or impossible name.
    package static func attributes(
        _ text: String, context: Context, parameter: String = "attrs"
    ) throws(NGSILDError) -> [String] {
        var scanner = try QueryText(text, parameter: parameter)
        var names: [String] = []
        repeat {
            let name = scanner.take(upTo: ",|")
            guard name.isName || name.contains(":") else {
                throw scanner.failure("\"\(name)\" is no attribute name (4.6.2)")
            }
            names.append(context.storedName(of: name))
            guard names.count <= QueryLimits.listMax else {
                throw scanner.failure("more than \(QueryLimits.listMax) names")
            }
        } while scanner.take(",") || scanner.take("|")
        return names
    }

    /// One name, as a stored name.
    ///
    /// - Throws: `badRequestData` for none, several or an impossible one.
    package static func attribute(
        _ text: String, context: Context, parameter: String
    ) throws(NGSILDError) -> String {
        let names = try attributes(text, context: context, parameter: parameter)
        guard names.count == 1 else {
            throw NGSILDError(
                .badRequestData, "\(parameter) is \"\(text)\" where one attribute has to be", at: parameter)
        }
        return names[0]
    }

    private static func nodes(
        _ text: String, parameter: String, context: Context
    ) throws(NGSILDError) -> [Node] {
        var scanner = try QueryText(text, parameter: parameter)
        let nodes = try nodes(&scanner, context: context, depth: 0)
        guard scanner.isAtEnd else { throw scanner.failure("expected \",\", \"|\" or its end") }
        return nodes
    }

    private static func nodes(
        _ scanner: inout QueryText, context: Context, depth: Int
    ) throws(NGSILDError) -> [Node] {
        guard depth <= QueryLimits.linksMax else {
            throw scanner.failure("more than \(QueryLimits.linksMax) linked entities deep")
        }
        var nodes: [Node] = []
        repeat {
            let name = scanner.take(upTo: ",|{};")
            guard name.isName || name.contains(":") else { throw scanner.failure("expected a name") }
            var children: [Node] = []
            if scanner.take("{") {
                children = try Self.nodes(&scanner, context: context, depth: depth + 1)
                try scanner.require("}")
            }
            nodes.append(Node(memberName(name, context), children))
            guard nodes.count <= QueryLimits.listMax else {
                throw scanner.failure("more than \(QueryLimits.listMax) names")
            }
        } while scanner.take(",") || scanner.take("|")
        return nodes
    }

    /// `id`, `type` and `scope` are members of every entity, whatever a user's @context calls so.
    private static func memberName(_ name: String, _ context: Context) -> String {
        switch name {
        case "id", "@id": "id"
        case "type", "@type": "type"
        case "scope": "scope"
        default: context.storedName(of: name)
        }
    }
}
