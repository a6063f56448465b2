/// Which part of the result is asked for (4.12, 5.5.9).
package struct Page: Equatable, Sendable {
    package var limit: Int
    package var offset: Int
    /// Our `pageAfter`: the id after which the page starts; it costs the page, however deep.
    package var after: String?
    package var wantsCount: Bool

    package init(
        limit: Int = QueryLimits.pageDefault, offset: Int = 0, after: String? = nil, wantsCount: Bool = false
    ) {
        self.limit = limit
        self.offset = offset
        self.after = after
        self.wantsCount = wantsCount
    }

    /// - Throws: `badRequestData` where a number is none, or negative, or `limit` is 0 without `count`;
    ///   `tooManyResults` where `limit` is beyond `QueryLimits.pageMax`.
    package init(limit: String?, offset: String?, after: String?, count: String?) throws(NGSILDError) {
        self.init()
        if let limit { self.limit = try Self.number(limit, parameter: "limit") }
        if let offset { self.offset = try Self.number(offset, parameter: "offset") }
        self.after = after
        wantsCount = try Self.flag(count, parameter: "count")
        guard self.limit <= QueryLimits.pageMax else {
            throw NGSILDError(
                .tooManyResults, "limit=\(self.limit) is more than \(QueryLimits.pageMax)", at: "limit")
        }
        guard self.limit > 0 || wantsCount else {
            throw NGSILDError(.badRequestData, "limit=0 is for count=true alone (6.3.13)", at: "limit")
        }
    }

    private static func number(_ text: String, parameter: String) throws(NGSILDError) -> Int {
        guard let number = Int(text), (0...QueryLimits.offsetMax).contains(number) else {
            throw NGSILDError(
                .badRequestData, "\(parameter)=\(text) is not a number of 0…\(QueryLimits.offsetMax)",
                at: parameter)
        }
        return number
    }

    /// `true` or `false`, in any case, as Python writes them too; false where it is not given.
    package static func flag(_ text: String?, parameter: String) throws(NGSILDError) -> Bool {
        switch text?.lowercased() {
        case nil, "false": return false
        case "true": return true
        case .some(let other):
            throw NGSILDError(
                .badRequestData, "\(parameter)=\(other) is neither true nor false", at: parameter)
        }
    }
}
