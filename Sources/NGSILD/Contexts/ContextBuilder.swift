import JSON

/// Adds the objects of an @context, one after the other, to a vocabulary (JSON-LD 1.1 API, section 4.1).
///
/// What a scoped @context, `@base`, `@language` and `@direction` would change has no place in NGSI-LD: ids are
/// absolute, values are kept as they are. The first is refused (5.5.7), the others are checked and let be.
struct ContextBuilder {
    var vocabulary = ContextVocabulary()

    /// The object that is being added, where it stands, and which of its terms are defined; those that are being
    /// defined have `false`.
    private(set) var object = JSONObject()
    private var path = ""
    private var document: String?
    private(set) var isProtected = false
    var defined: [ExactString: Bool] = [:]

    /// Adds one object of an @context.
    ///
    /// `path` is the JSON Pointer, in the request, of the object or of the reference that led to it; `document` the
    /// URL of the document in which it stands, nothing for the request.
    mutating func add(_ object: JSONObject, path: String, document: String?) throws(NGSILDError) {
        self.object = object
        self.path = path
        self.document = document
        defined = [:]
        try readKeywords()
        // Before they are defined as well: that takes its time.
        try check(termCount: object.count)
        for (name, _) in object where !CoreContext.keywords.contains(name) || name == "@type" {
            try define(name, depth: 0)
        }
        try check(termCount: vocabulary.terms.count)
    }

    private func check(termCount: Int) throws(NGSILDError) {
        guard termCount <= ContextLimits.termsMax else {
            throw fault("It has more than \(ContextLimits.termsMax) terms.")
        }
    }

    /// What `null` in the place of an @context means: all before it is forgotten.
    mutating func reset(path: String, document: String?) throws(NGSILDError) {
        self.path = path
        self.document = document
        guard !vocabulary.terms.values.contains(where: { $0.isProtected }) else {
            throw fault("null must not take back protected terms.")
        }
        vocabulary = ContextVocabulary()
    }

    private mutating func readKeywords() throws(NGSILDError) {
        isProtected = try flag("@protected", in: object) ?? false
        _ = try flag("@propagate", in: object)
        if let version = object["@version"], version.number?.double != 1.1 {
            throw fault("\"@version\" must be 1.1, not \(Self.shown(version)).", at: ["@version"])
        }
        for keyword in ["@base", "@language", "@direction"] {
            guard let value = object[keyword], !value.isNull, value.string == nil else { continue }
            throw fault("\"\(keyword)\" must be a string or null, not \(Self.shown(value)).", at: [keyword])
        }
        if let value = object["@vocab"] { try readVocabulary(value) }
        for (name, value) in object where CoreContext.keywords.contains(name) {
            guard !Self.contextKeywords.contains(name) else { continue }
            throw fault("The keyword \"\(name)\" cannot be defined as \(Self.shown(value)).", at: [name])
        }
    }

    /// Keywords that may be members of an @context; `@type` may be given a container.
    private static let contextKeywords: Set = [
        "@base", "@direction", "@language", "@propagate", "@protected", "@type", "@version", "@vocab",
    ]

    private mutating func readVocabulary(_ value: JSONValue) throws(NGSILDError) {
        if value.isNull {
            vocabulary.fallback = CoreContext.vocabulary
            return
        }
        guard let text = value.string, !CoreContext.keywords.contains(text) else {
            throw fault(
                "\"@vocab\" must be an IRI, a term or null, not \(Self.shown(value)).", at: ["@vocab"])
        }
        vocabulary.fallback = vocabulary.expandedIRI(of: text)
    }

    /// The value of a boolean member; nothing where there is none.
    func flag(_ name: String, in object: JSONObject, of term: String? = nil) throws(NGSILDError) -> Bool? {
        guard let value = object[name] else { return nil }
        guard let flag = value.bool else {
            throw fault("\"\(name)\" must be true or false, not \(Self.shown(value)).", at: [term, name])
        }
        return flag
    }

    /// The error for what is wrong at a member of the object.
    func fault(_ reason: String, at members: [String?] = []) -> NGSILDError {
        let place = document.map { "In the @context \($0): " } ?? ""
        let pointer = members.compactMap { $0 }.map { "/\(JSONPointer.escape($0))" }.joined()
        return NGSILDError(.badRequestData, place + reason, at: path + pointer)
    }

    /// A value as it was sent, cut short for a message.
    static func shown(_ value: JSONValue) -> String {
        let text = String(decoding: value.bytes, as: UTF8.self)
        return text.utf8.count <= 120 ? text : "\(text.prefix(100))…"
    }
}
