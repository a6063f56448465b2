package import JSON

extension NGSILDError {
    /// Longest excerpt of the payload in an error, in bytes.
    private static let excerptMax = 80

    /// `BadRequestData` about a value of the payload: "`subject` `value` `rule`", with its place.
    package static func fault(_ value: JSONView, _ subject: String, _ rule: String) -> NGSILDError {
        NGSILDError(.badRequestData, "\(subject) \(excerpt(of: value)) \(rule)", at: value.path)
    }

    /// `BadRequestData` about the place of `value`.
    package static func fault(at value: JSONView, _ detail: String) -> NGSILDError {
        NGSILDError(.badRequestData, detail, at: value.path)
    }

    /// The beginning of `value` as it was sent.
    static func excerpt(of value: JSONView) -> String {
        value.withRawBytes { bytes in
            guard bytes.count > excerptMax else { return String(decoding: bytes, as: UTF8.self) }
            return String(decoding: bytes[..<excerptMax], as: UTF8.self) + "…"
        }
    }
}
