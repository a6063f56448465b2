/// A mistake of the client's, or a thing that is not there, in the words of the specification (6.3.2).
package struct NGSILDError: Error, Hashable, Sendable {
    /// The error types of table 6.3.2-1, with Conflict, each with its HTTP status.
    package enum Kind: String, CaseIterable, Sendable {
        case invalidRequest = "InvalidRequest"
        case badRequestData = "BadRequestData"
        case alreadyExists = "AlreadyExists"
        case conflict = "Conflict"
        case operationNotSupported = "OperationNotSupported"
        case resourceNotFound = "ResourceNotFound"
        case internalError = "InternalError"
        case tooComplexQuery = "TooComplexQuery"
        case tooManyResults = "TooManyResults"
        case ldContextNotAvailable = "LdContextNotAvailable"
        case noMultiTenantSupport = "NoMultiTenantSupport"
        case nonexistentTenant = "NonexistentTenant"

        package var status: Int {
            switch self {
            case .invalidRequest, .badRequestData: 400
            case .alreadyExists, .conflict: 409
            case .operationNotSupported: 422
            case .resourceNotFound, .nonexistentTenant: 404
            case .internalError: 500
            case .tooComplexQuery, .tooManyResults: 403
            case .ldContextNotAvailable: 504
            case .noMultiTenantSupport: 501
            }
        }

        /// The type of the problem details, `https://uri.etsi.org/ngsi-ld/errors/…` (5.5.3).
        package var uri: String { "https://uri.etsi.org/ngsi-ld/errors/\(rawValue)" }
    }

    package var kind: Kind
    /// A sentence that a stranger can act on, with the offending value.
    package var detail: String
    /// JSON Pointer (RFC 6901) of the fault in the payload, or the name of the parameter at fault.
    package var path: String?
    /// The further faults of the same payload, each with a path of its own.
    package var others: [NGSILDError] = []

    package init(_ kind: Kind, _ detail: String, at path: String? = nil) {
        self.kind = kind
        self.detail = detail
        self.path = path
    }
}
