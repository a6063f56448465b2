import NGSILD
import Operations

/// The parameters `format` and `options` of consumption (6.3.7, 6.3.11).
struct FormatOptions {
    var form = Representation.Form.normalized
    var includesSystemAttributes = false

    /// - Throws: `invalidRequest` for a value that is not known, also next to known ones (6.3.20).
    init(_ parameters: Parameters) throws(NGSILDError) {
        for option in try parameters.list("options") ?? [] {
            if option == "sysAttrs" {
                includesSystemAttributes = true
            } else {
                form = try Self.form(option, of: "options")
            }
        }
        // It takes precedence.
        if let format = parameters["format"] { form = try Self.form(format, of: "format") }
    }

    private static func form(
        _ text: String, of parameter: String
    ) throws(NGSILDError) -> Representation.Form {
        switch text {
        case "normalized": return .normalized
        case "concise": return .concise
        case "simplified", "keyValues": return .simplified
        default:
            throw NGSILDError(
                .invalidRequest,
                "\(parameter) has the value \"\(text)\"; this resource knows normalized, concise, simplified "
                    + (parameter == "options" ? "(or keyValues) and sysAttrs" : "(or keyValues)"),
                at: parameter)
        }
    }
}

extension Join {
    /// nil: linked entities stay where they are.
    init?(_ parameters: Parameters, datasetIds: Set<String>?) throws(NGSILDError) {
        let style = try parameters.choice("join", of: Style.self)
        let level = try parameters.integer("joinLevel", in: 1...QueryLimits.linksMax)
        let containedBy = try parameters.list("containedBy")
        guard let style, style != .none else {
            if level != nil || containedBy != nil {
                throw NGSILDError(
                    .badRequestData, "joinLevel and containedBy are for join=flat and join=inline", at: "join"
                )
            }
            return nil
        }
        for id in containedBy ?? [] where !IRI.isValid(id) {
            throw NGSILDError(
                .badRequestData, "containedBy lists \"\(id)\", which is no URI", at: "containedBy")
        }
        self.init(style, level: level ?? 1, containedBy: Set(containedBy ?? []), datasetIds: datasetIds)
    }
}
