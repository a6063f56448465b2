/// The Scopes of entities (4.18).
package enum Scope {
    /// The scope as it is stored: with its leading slash.
    ///
    /// nil: not `[/]level *(/level)`, or longer than a name may be.
    package static func stored(_ text: String) -> String? {
        guard text.utf8.count <= EntityLimits.nameBytesMax else { return nil }
        let levels = text.hasPrefix("/") ? text.dropFirst() : text[...]
        let isScope = levels.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy(Name.isPlain)
        guard isScope else { return nil }
        return "/" + levels
    }
}
