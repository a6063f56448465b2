/// JSON Pointers (RFC 6901) of nodes; worked out only when somebody asks, which is when something is wrong.
package enum JSONPointer {
    /// `~` and `/` inside a name are written `~0` and `~1`.
    package static func escape(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return name
        }
        return name.reduce(into: "") { text, character in
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.append(character)
            }
        }
    }

    /// The path of a node of a whole tape; a member's name has the path of its value.
    static func of(_ target: Int, in tape: JSONTape) -> String {
        var path = ""
        var index = 0
        while index < target {
            let isObject = tape.nodes[index].kind == .object
            var child = index + 1
            var place = 0
            while true {
                let value = isObject ? child + 1 : child
                if target < Int(tape.nodes[value].next) {
                    path += isObject ? "/\(escape(tape.string(tape.nodes[child])))" : "/\(place)"
                    index = max(value, target == child ? target : value)
                    break
                }
                child = Int(tape.nodes[value].next)
                place += 1
            }
        }
        return path
    }

    /// The path of the value at which the parser stopped: open nodes have no `next` yet.
    static func ofOpenValue(source: [UInt8], nodes: [JSONNode]) -> String {
        let tape = JSONTape(source: source, nodes: nodes, hasUniqueNames: false)
        var path = ""
        var index = 0
        while index < nodes.count, nodes[index].next == 0 {
            let isObject = nodes[index].kind == .object
            var child = index + 1
            var place = 0
            while child < nodes.count {
                let value = isObject ? child + 1 : child
                guard value < nodes.count, nodes[value].next != 0 else { break }
                child = Int(nodes[value].next)
                place += 1
            }
            if isObject {
                guard child < nodes.count else { break }
                path += "/\(escape(tape.string(nodes[child])))"
                index = child + 1
            } else {
                path += "/\(place)"
                index = child
            }
        }
        return path
    }
}
