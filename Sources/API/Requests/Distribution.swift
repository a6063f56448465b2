import NGSILD

extension Parameters {
    /// Checks what says how to distribute an operation (5.5.14, 5.7.2.4): `csf`, `splitEntities`, `entityMap`.
    ///
    /// Where nothing is distributed it changes nothing; entity maps are declined by naming none (5.5.14).
    ///
    /// - Throws: `badRequestData`.
    func checkDistribution(_ context: Context) throws(NGSILDError) {
        if let text = self["csf"] { _ = try AttributeQuery(text, context: context, parameter: "csf") }
        _ = try flag("splitEntities")
        let wantsMap = try flag("entityMap") ?? false
        guard let lifetime = self["entityMapLifetime"] else { return }
        guard wantsMap, CalendarDuration.isValid(lifetime) else {
            throw NGSILDError(
                .badRequestData,
                "entityMapLifetime is \"\(lifetime)\"; it takes a duration such as PT5M, beside entityMap=true",
                at: "entityMapLifetime")
        }
    }
}
