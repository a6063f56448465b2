/// Where this repository lies.
enum Repository {
    static let top = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    static func path(of name: String) -> String { "\(top)/\(name)" }
}
