package import HTTP

/// Where HTTP itself says no, with a status that table 6.3.2-1 has no error type for (6.3.2, 6.3.4).
package enum Refusal: Error {
    /// 405; `Allow` lists what the resource knows.
    case methodNotAllowed(allowed: [Method])
    /// 406; the body lists what there is.
    case notAcceptable(offered: [MediaType])
    /// 401: no token, or a wrong one.
    case unauthorized
    /// 403, with what would help.
    case forbidden(String)
    /// A bare 411.
    case lengthRequired
    /// A bare 415.
    case unsupportedMediaType
}
