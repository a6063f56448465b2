import CYAML

/// A YAML document as a tree whose nodes know their place.
struct YAMLNode: Equatable {
    enum Content: Equatable {
        case scalar(String)
        case sequence([YAMLNode])
        /// In the order of the file; no key occurs twice.
        case mapping([YAMLEntry])
    }

    let content: Content
    let place: YAMLPlace
}

struct YAMLEntry: Equatable {
    let key: String
    let place: YAMLPlace
    let value: YAMLNode
}

/// Line and column, both from 1.
struct YAMLPlace: Equatable {
    let line: Int
    let column: Int
}

struct YAMLError: Error, Equatable {
    let place: YAMLPlace
    let reason: String
}

/// Reads the part of YAML that a configuration needs: mappings, sequences and scalars.
///
/// Anchors, aliases, tags and a second document are refused rather than half understood.
struct YAMLParser: ~Copyable {
    /// Nesting that a configuration may have; ours has two levels.
    static let depthMax = 16

    private var parser = yaml_parser_t()
    private var event = yaml_event_t()

    /// The document in `text`; nil: there is none, or it holds nothing.
    static func parse(_ text: String) throws(YAMLError) -> YAMLNode? {
        var parser = YAMLParser()
        return try parser.document(Array(text.utf8))
    }

    private init() {
        yaml_parser_initialize(&parser)
    }

    deinit {
        var (parser, event) = (parser, event)
        yaml_event_delete(&event)
        yaml_parser_delete(&parser)
    }

    // libyaml reads from `bytes` during `next` alone, and every `next` runs inside of this function.
    private mutating func document(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode? {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        defer { buffer.deallocate() }
        _ = buffer.initialize(fromContentsOf: bytes)
        yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
        try next()
        try next()
        guard event.type == YAML_DOCUMENT_START_EVENT else { return nil }
        try next()
        let node = try node(depth: 0)
        try next()
        try next()
        guard event.type == YAML_STREAM_END_EVENT else {
            throw YAMLError(place: place, reason: "a second document begins here")
        }
        return node.content == .scalar("") ? nil : node
    }

    private var place: YAMLPlace {
        YAMLPlace(line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1)
    }

    private mutating func next() throws(YAMLError) {
        yaml_event_delete(&event)
        guard yaml_parser_parse(&parser, &event) == 1 else {
            let mark = parser.problem_mark
            throw YAMLError(
                place: YAMLPlace(line: Int(mark.line) + 1, column: Int(mark.column) + 1),
                reason: parser.problem.map { String(cString: $0) } ?? "not YAML")
        }
    }

    /// The node that begins with the present event; its last event is the present one afterwards.
    private mutating func node(depth: Int) throws(YAMLError) -> YAMLNode {
        let place = place
        guard depth < Self.depthMax else { throw YAMLError(place: place, reason: "nested too deeply") }
        switch event.type {
        case YAML_SCALAR_EVENT:
            return YAMLNode(content: .scalar(try scalar()), place: place)
        case YAML_SEQUENCE_START_EVENT:
            try refuseAnchor(event.data.sequence_start.anchor, event.data.sequence_start.tag)
            return YAMLNode(content: .sequence(try elements(depth: depth)), place: place)
        case YAML_MAPPING_START_EVENT:
            try refuseAnchor(event.data.mapping_start.anchor, event.data.mapping_start.tag)
            return YAMLNode(content: .mapping(try entries(depth: depth)), place: place)
        default:
            throw YAMLError(place: place, reason: "aliases are not supported")
        }
    }

    private mutating func elements(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        try next()
        while event.type != YAML_SEQUENCE_END_EVENT {
            elements.append(try node(depth: depth + 1))
            try next()
        }
        return elements
    }

    private mutating func entries(depth: Int) throws(YAMLError) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        try next()
        while event.type != YAML_MAPPING_END_EVENT {
            let place = place
            guard event.type == YAML_SCALAR_EVENT else {
                throw YAMLError(place: place, reason: "a key has to be a plain word")
            }
            let key = try scalar()
            guard entries.allSatisfy({ $0.key != key }) else {
                throw YAMLError(place: place, reason: "the key `\(key)` occurs twice")
            }
            try next()
            entries.append(YAMLEntry(key: key, place: place, value: try node(depth: depth + 1)))
            try next()
        }
        return entries
    }

    private func scalar() throws(YAMLError) -> String {
        let scalar = event.data.scalar
        try refuseAnchor(scalar.anchor, scalar.tag)
        let text = String(
            decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        return isPlain && (text == "~" || text == "null") ? "" : text
    }

    private func refuseAnchor(
        _ anchor: UnsafeMutablePointer<UInt8>?, _ tag: UnsafeMutablePointer<UInt8>?
    ) throws(YAMLError) {
        guard anchor == nil else { throw YAMLError(place: place, reason: "anchors are not supported") }
        guard tag == nil else { throw YAMLError(place: place, reason: "tags are not supported") }
    }
}
