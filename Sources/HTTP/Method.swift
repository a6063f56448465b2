/// A request method (RFC 9110 §9); methods that no route knows keep their text.
package enum Method: Hashable, Sendable {
    case get, head, post, put, patch, delete, options
    case other(String)
}
