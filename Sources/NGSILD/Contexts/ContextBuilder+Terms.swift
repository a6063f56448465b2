import JSON

/// Definitions of terms (JSON-LD 1.1 API, section 4.2).
extension ContextBuilder {
    /// Defines a term of the object, and before it those on which it builds.
    mutating func define(_ name: String, depth: Int) throws(NGSILDError) {
        let key = ExactString(name)
        if let isDone = defined[key] {
            guard isDone else { throw fault("The term \"\(name)\" is defined by itself.", at: [name]) }
            return
        }
        guard let value = object[name] else { return }
        guard depth < ContextLimits.definitionDepthMax else {
            throw fault("The term \"\(name)\" is defined by too long a chain of terms.", at: [name])
        }
        // The core is protected and wins (4.4); what looks like a keyword is reserved and ignored by JSON-LD.
        if CoreContext.terms[key] != nil || (Self.isKeywordLike(name) && name != "@type") {
            defined[key] = true
            return
        }
        defined[key] = false
        if let term = try definition(of: name, value, depth: depth) {
            try store(term, as: key)
        } else if name != "@type" {
            vocabulary.terms[key] = nil
        }
        defined[key] = true
    }

    private mutating func store(_ term: ContextTerm, as key: ExactString) throws(NGSILDError) {
        if let old = vocabulary.terms[key], old.isProtected {
            var same = term
            same.isProtected = true
            guard same == old else {
                throw fault(
                    "The term \"\(key.text)\" is protected and cannot be defined anew.", at: [key.text])
            }
            return
        }
        vocabulary.terms[key] = term
    }

    /// What a definition says; nothing where it takes the term back (`null`).
    private mutating func definition(
        of name: String, _ value: JSONValue, depth: Int
    ) throws(NGSILDError) -> ContextTerm? {
        guard !name.isEmpty else { throw fault("A term must not be empty.", at: [name]) }
        if name == "@type" {
            try checkTypeKeyword(value)
            return nil
        }
        switch value {
        case .null: return nil
        case .string(let id):
            guard !Self.isUnknownKeyword(id) else { return nil }
            var term = ContextTerm(iri: try iri(of: id, for: name, depth: depth))
            term.isPrefix = Self.mayBePrefix(name) && Self.endsInDelimiter(term.iri)
            term.isProtected = isProtected
            return term
        case .object(let definition):
            return try expanded(definition, of: name, depth: depth)
        default:
            throw fault(
                "The term \"\(name)\" must be defined by a string, an object or null, not \(Self.shown(value)).",
                at: [name])
        }
    }

    private mutating func expanded(
        _ definition: JSONObject, of name: String, depth: Int
    ) throws(NGSILDError) -> ContextTerm? {
        for (member, value) in definition {
            if member == "@context" {
                throw fault(
                    "The term \"\(name)\" has a scoped @context, which NGSI-LD does not allow (5.5.7).",
                    at: [name, member])
            }
            guard Self.definitionKeywords.contains(member) else {
                throw fault(
                    "\"\(member)\": \(Self.shown(value)) has no meaning in a term's definition.",
                    at: [name, member])
            }
        }
        guard var term = try identified(definition, of: name, depth: depth) else { return nil }
        term.coercion = try coercion(definition, of: name, depth: depth)
        term.containers = try containers(definition, of: name)
        term.isProtected = try flag("@protected", in: definition, of: name) ?? isProtected
        if let isPrefix = try flag("@prefix", in: definition, of: name) {
            guard !isPrefix || Self.mayBePrefix(name) && !CoreContext.keywords.contains(term.iri) else {
                throw fault("The term \"\(name)\" cannot be a prefix.", at: [name, "@prefix"])
            }
            term.isPrefix = isPrefix
        }
        try checkStrings(definition, of: name)
        return term
    }

    /// The members of an expanded term definition (JSON-LD 1.1, section 9.15.1).
    private static let definitionKeywords: Set = [
        "@container", "@direction", "@id", "@index", "@language", "@nest", "@prefix", "@protected",
        "@reverse",
        "@type",
    ]

    /// The IRI that `@id`, `@reverse` or the term itself gives; nothing for `"@id": null`.
    private mutating func identified(
        _ definition: JSONObject, of name: String, depth: Int
    ) throws(NGSILDError) -> ContextTerm? {
        let member = definition["@reverse"] == nil ? "@id" : "@reverse"
        if member == "@reverse", definition["@id"] != nil || definition["@nest"] != nil {
            throw fault(
                "The term \"\(name)\" must not have \"@reverse\" beside \"@id\" or \"@nest\".", at: [name])
        }
        guard let id = definition[member] else {
            return ContextTerm(iri: try ownIRI(of: name, depth: depth))
        }
        if id.isNull, member == "@id" { return nil }
        guard let text = id.string else {
            throw fault(
                "\"\(member)\" of the term \"\(name)\" must be a string, not \(Self.shown(id)).",
                at: [name, member])
        }
        guard !Self.isUnknownKeyword(text) else { return nil }
        var term = ContextTerm(iri: try iri(of: text, for: name, depth: depth))
        term.isReverse = member == "@reverse"
        return term
    }

    /// The IRI, or keyword, that a definition's string stands for.
    private mutating func iri(of text: String, for name: String, depth: Int) throws(NGSILDError) -> String {
        guard !text.isEmpty else {
            throw fault("The term \"\(name)\" is defined by an empty string.", at: [name])
        }
        if text == name { return try ownIRI(of: name, depth: depth) }
        if CoreContext.keywords.contains(text) {
            guard text != "@context" else {
                throw fault("The term \"\(name)\" must not be another name of @context.", at: [name])
            }
            return text
        }
        return try expand(text, depth: depth)
    }

    /// The IRI of a term without an `@id`: by its prefix, else by the vocabulary.
    private mutating func ownIRI(of name: String, depth: Int) throws(NGSILDError) -> String {
        guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return vocabulary.composedIRI(of: name)
        }
        let prefix = String(name[..<colon])
        let suffix = name[name.utf8.index(after: colon)...]
        try define(prefix, depth: depth + 1)
        // What a term is defined by may be a prefix here that is none elsewhere (section 4.2.2).
        guard let start = vocabulary.term(ExactString(prefix))?.iri, !CoreContext.keywords.contains(start),
            !suffix.utf8.starts(with: "//".utf8)
        else { return vocabulary.composedIRI(of: name) }
        return start + suffix
    }

    /// Expands a string of a definition; terms of the same object come first, wherever they stand.
    private mutating func expand(_ text: String, depth: Int) throws(NGSILDError) -> String {
        if object[text] != nil {
            try define(text, depth: depth + 1)
        } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let prefix = String(text[..<colon])
            if object[prefix] != nil, !text.utf8[colon...].starts(with: "://".utf8) {
                try define(prefix, depth: depth + 1)
            }
        }
        return vocabulary.expandedIRI(of: text)
    }

    private mutating func coercion(
        _ definition: JSONObject, of name: String, depth: Int
    ) throws(NGSILDError) -> ContextTerm.Coercion? {
        guard let value = definition["@type"] else { return nil }
        guard let text = value.string, !text.isEmpty else {
            throw fault(
                "\"@type\" of the term \"\(name)\" must be a string, not \(Self.shown(value)).",
                at: [name, "@type"])
        }
        switch text {
        case "@id": return .id
        case "@vocab": return .vocab
        case "@json": return .json
        case "@none": return ContextTerm.Coercion.none
        default:
            let iri = try expand(text, depth: depth)
            guard !CoreContext.keywords.contains(iri) else {
                throw fault(
                    "\"@type\" of the term \"\(name)\" must be a data type, not \"\(text)\".",
                    at: [name, "@type"])
            }
            return .datatype(iri)
        }
    }

    private func containers(
        _ definition: JSONObject, of name: String
    ) throws(NGSILDError) -> ContextTerm.Containers {
        guard let value = definition["@container"], !value.isNull else { return [] }
        var containers: ContextTerm.Containers = []
        for element in value.array ?? [value] {
            guard let container = element.string.flatMap(ContextTerm.Containers.init(keyword:)) else {
                throw fault("\(Self.shown(element)) is no container.", at: [name, "@container"])
            }
            containers.insert(container)
        }
        let isList = containers.contains(.list)
        guard !isList || containers == .list else {
            throw fault("The container @list must stand alone.", at: [name, "@container"])
        }
        return containers
    }

    /// Members whose value is checked, but tells NGSI-LD nothing.
    private func checkStrings(_ definition: JSONObject, of name: String) throws(NGSILDError) {
        for member in ["@language", "@direction", "@nest", "@index"] {
            guard let value = definition[member], value.string == nil else { continue }
            guard value.isNull, member == "@language" || member == "@direction" else {
                throw fault(
                    "\"\(member)\" of the term \"\(name)\" must be a string, not \(Self.shown(value)).",
                    at: [name, member])
            }
        }
    }

    /// `@type` may only be said to be a set, or protected.
    private func checkTypeKeyword(_ value: JSONValue) throws(NGSILDError) {
        let members = value.object
        guard let members, !members.isEmpty, members["@container"].map({ $0.string == "@set" }) ?? true,
            members.allSatisfy({ $0.name == "@container" || $0.name == "@protected" })
        else {
            throw fault("The keyword \"@type\" cannot be defined as \(Self.shown(value)).", at: ["@type"])
        }
    }

    private static func mayBePrefix(_ name: String) -> Bool {
        !name.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
    }

    /// Whether an IRI ends so that a name can be appended (RFC 3986, `gen-delims`).
    private static func endsInDelimiter(_ iri: String) -> Bool {
        iri.utf8.last.map { ":/?#[]@".utf8.contains($0) } ?? false
    }

    /// What looks like a keyword and is none: reserved, so that a definition by it is ignored (section 4.2.2).
    private static func isUnknownKeyword(_ text: String) -> Bool {
        isKeywordLike(text) && !CoreContext.keywords.contains(text)
    }

    /// An at sign and letters only.
    private static func isKeywordLike(_ name: String) -> Bool {
        let bytes = name.utf8
        return bytes.count > 1 && bytes.first == UInt8(ascii: "@")
            && bytes.dropFirst().allSatisfy { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
    }
}
