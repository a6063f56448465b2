import JSON

extension JSONValue {
    /// The text for a page: on one line where it fits, else a member or an element a line.
    func laidOut(indent: Int = 0, width: Int = 110) -> String {
        let line = oneLine
        guard line.count + indent > width else { return line }
        let (space, end) = (String(repeating: " ", count: indent + 2), String(repeating: " ", count: indent))
        if let object, !object.isEmpty {
            let members = object.map { name, value in
                let name = "\(JSONValue.string(name).oneLine): "
                return space + name + value.laidOut(indent: indent + 2, width: width - name.count)
            }
            return "{\n\(members.joined(separator: ",\n"))\n\(end)}"
        }
        if let array, !array.isEmpty {
            let elements = array.map { space + $0.laidOut(indent: indent + 2, width: width) }
            return "[\n\(elements.joined(separator: ",\n"))\n\(end)]"
        }
        return line
    }

    private var oneLine: String {
        if let object {
            return
                "{\(object.map { "\(JSONValue.string($0).oneLine): \($1.oneLine)" }.joined(separator: ", "))}"
        }
        if let array { return "[\(array.map(\.oneLine).joined(separator: ", "))]" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
