/// What an update of attributes did (5.2.18), by stored names.
package struct UpdateResult: Equatable, Sendable {
    package struct NotUpdated: Equatable, Sendable {
        package var attribute: String
        package var reason: String

        package init(attribute: String, reason: String) {
            self.attribute = attribute
            self.reason = reason
        }
    }

    package var updated: [String]
    package var notUpdated: [NotUpdated]

    package init(updated: [String] = [], notUpdated: [NotUpdated] = []) {
        self.updated = updated
        self.notUpdated = notUpdated
    }
}
