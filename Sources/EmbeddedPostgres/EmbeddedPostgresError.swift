/// Why there is no embedded PostgreSQL, in a sentence for who runs the hub.
package struct EmbeddedPostgresError: Error, CustomStringConvertible, Sendable {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
