/// Members with distinct names, in order.
///
/// Names are compared byte by byte.
package struct JSONObject: Sendable {
    package typealias Member = (name: String, value: JSONValue)

    /// A removed member leaves a hole until holes prevail, so that removing many does not move the rest each time.
    private var slots: [Member?] = []
    private var holes = 0
    /// Where each name is; kept only beyond `linearMax` members, where looking one by one gets slow.
    private var places: [ExactString: Int]?

    /// Members up to which looking one by one is faster than hashing.
    private static let linearMax = 16

    package init() {}

    /// The members of a view that is an object; of members with one name the last.
    package init(_ view: JSONView) {
        slots.reserveCapacity(view.count)
        for (name, value) in view.members {
            let name = name.string ?? ""
            if view.tape.hasUniqueNames {
                slots.append((name, JSONValue(value)))
            } else {
                self[name] = JSONValue(value)
            }
        }
        if places == nil { indexWhereLarge() }
    }

    package var count: Int { slots.count - holes }
    package var isEmpty: Bool { count == 0 }

    /// Setting replaces the value in its place or appends; setting nothing removes.
    package subscript(name: String) -> JSONValue? {
        get { place(of: name).flatMap { slots[$0]?.value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): slots[place] = (name, value)
            case (let place?, nil): removeSlot(place, named: name)
            case (nil, let value?): appendSlot(name, value)
            case (nil, nil): break
            }
        }
    }

    /// Adds a member that must not be there yet.
    package mutating func append(_ name: String, _ value: JSONValue) {
        precondition(place(of: name) == nil, "the object has a member \(name)")
        appendSlot(name, value)
    }

    private func place(of name: String) -> Int? {
        if let places { return places[ExactString(name)] }
        return slots.firstIndex { $0?.name.hasSameBytes(as: name) ?? false }
    }

    private mutating func appendSlot(_ name: String, _ value: JSONValue) {
        places?[ExactString(name)] = slots.count
        slots.append((name, value))
        if places == nil { indexWhereLarge() }
    }

    private mutating func removeSlot(_ place: Int, named name: String) {
        guard places != nil else {
            slots.remove(at: place)
            return
        }
        places?[ExactString(name)] = nil
        slots[place] = nil
        holes += 1
        if holes > slots.count / 2 {
            slots.removeAll { $0 == nil }
            holes = 0
            places = nil
            indexWhereLarge()
        }
    }

    private mutating func indexWhereLarge() {
        guard slots.count > Self.linearMax else { return }
        var places: [ExactString: Int] = [:]
        places.reserveCapacity(slots.count)
        for (place, member) in slots.enumerated() {
            if let member { places[ExactString(member.name)] = place }
        }
        self.places = places
    }
}

extension JSONObject: Sequence {
    package struct Iterator: IteratorProtocol {
        fileprivate var slots: IndexingIterator<[Member?]>

        package mutating func next() -> Member? {
            while let slot = slots.next() {
                if let member = slot { return member }
            }
            return nil
        }
    }

    package func makeIterator() -> Iterator { Iterator(slots: slots.makeIterator()) }
    package var underestimatedCount: Int { count }
}

extension JSONObject: Equatable {
    /// The same members in any order.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.name] == $0.value }
    }
}
