/// What a term is about: `rel{Type:attribute.sub[member.path]}` (4.9).
package struct AttributePath: Equatable, Hashable, Sendable {
    /// A Relationship to follow, and the types that its targets are looked for among (none: all).
    package struct Link: Equatable, Hashable, Sendable {
        /// Stored name.
        package let relationship: String
        /// Stored names.
        package let types: [String]
    }

    package let links: [Link]
    /// Stored names, at least one: an attribute, then sub-attributes; the last may be a member such as `observedAt`.
    package let names: [String]
    /// The path inside the value, or a language tag, or `*`.
    package let members: [String]

    package init(links: [Link] = [], names: [String], members: [String] = []) {
        self.links = links
        self.names = names
        self.members = members
    }

    /// The temporal members that the hub writes (5.2.2).
    package static let systemNames: Set<String> = ["createdAt", "modifiedAt", "deletedAt", "expiresAt"]

    /// As `q` writes it, with stored names.
    package var text: String { text { $0 } }

    /// As `q` writes it under `context`.
    package func text(context: Context) -> String { text(context.term(ofStored:)) }

    private func text(_ term: (String) -> String) -> String {
        names.map(term).joined(separator: ".")
            + (members.isEmpty ? "" : "[\(members.joined(separator: "."))]")
    }

    /// Reads a path that stands alone: as `q` writes it, or an attribute's IRI, which `q` has no way to write.
    ///
    /// - Throws: `badRequestData` with the position of the fault.
    package init(_ text: String, context: Context, parameter: String) throws(NGSILDError) {
        if text.firstRange(of: "://") != nil || text.hasPrefix("urn:") {
            self.init(names: [context.storedName(of: text)])
            return
        }
        var scanner = try QueryText(text, parameter: parameter)
        try self.init(&scanner, context)
        guard scanner.isAtEnd else { throw scanner.failure("expected \".\", \"[\" or its end") }
    }

    /// A system attribute of the entity itself.
    package var isSystemAttribute: Bool {
        links.isEmpty && names.count == 1 && Self.systemNames.contains(names[0])
    }
}

extension AttributePath {
    /// Reads `name.name[member.member]` (4.9: ValuePath).
    init(_ scanner: inout QueryText, _ context: Context) throws(NGSILDError) {
        let head = try scanner.name()
        try self.init(after: head, &scanner, context, links: [])
    }

    /// Reads what follows the first name, `head`.
    init(
        after head: String, _ scanner: inout QueryText, _ context: Context, links: [Link]
    ) throws(NGSILDError) {
        var names = [context.storedName(of: head)]
        while scanner.take(".") {
            names.append(context.storedName(of: try scanner.name()))
            guard names.count <= QueryLimits.nestingMax else {
                throw scanner.failure("more than \(QueryLimits.nestingMax) names in a path")
            }
        }
        var members: [String] = []
        if scanner.take("[") {
            repeat {
                members.append(scanner.take(upTo: ".]"))
                guard members.last?.isEmpty == false else {
                    throw scanner.failure("expected a member's name")
                }
                guard members.count <= QueryLimits.nestingMax else {
                    throw scanner.failure("more than \(QueryLimits.nestingMax) members in a path")
                }
            } while scanner.take(".")
            try scanner.require("]")
        }
        self.init(links: links, names: names, members: members)
    }
}
