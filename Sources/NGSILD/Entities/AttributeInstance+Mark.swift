import JSON

// A document is mostly read to be served in normalized form to clients without an @context of their own: what they get
// of an attribute is what is stored of it, but for its times. A mark in its line says where that is not so.

extension AttributeInstance {
    /// The mark for the line of an attribute: none where it is served as it is stored, a tab where its times at the end
    /// are left out, a blank where more differs (names that are IRIs, times inside of it).
    static func mark(of instances: [AttributeInstance], named name: String) -> JSONLineMark {
        if name.utf8.contains(UInt8(ascii: ":")) { return .blank }
        guard instances.count == 1, instances[0].datasetId == nil else {
            return instances.count > 1 && instances.allSatisfy(\.isServedAsStored) ? .none : .blank
        }
        let members = instances[0].members
        let times = members.reversed().prefix { $0.isTime }.count
        guard members.dropLast(times).allSatisfy(\.isServedAsStored) else { return .blank }
        return times == 0 ? .none : .tab
    }

    fileprivate var isServedAsStored: Bool { members.allSatisfy(\.isServedAsStored) }
}

extension AttributeInstance.Member {
    fileprivate var isTime: Bool {
        switch AttributeMember(name) {
        case .createdAt, .modifiedAt: true
        default: false
        }
    }

    fileprivate var isServedAsStored: Bool {
        switch AttributeMember(name) {
        case .createdAt, .modifiedAt, .expiresAt: false
        case .value(.vocab), .valueType, .objectType, .entityTypeSealed: false
        case nil: !name.utf8.contains(UInt8(ascii: ":")) && value.instances.allSatisfy(\.isServedAsStored)
        default: true
        }
    }
}

extension JSONLine {
    /// The text up to the times at its end, which the end of the attribute's object follows.
    var withoutTimes: UnsafeBufferPointer<UInt8> {
        var count = text.count - 1
        while let shorter = endBeforeTime(count) { count = shorter }
        return UnsafeBufferPointer(rebasing: text[..<count])
    }

    /// Where the member before `end` begins, if it is a time.
    private func endBeforeTime(_ end: Int) -> Int? {
        let quote = UInt8(ascii: "\"")
        guard end > 2, text[end - 1] == quote else { return nil }
        // No time is longer than one with microseconds.
        let first = max(0, end - 2 - "2026-01-01T00:00:00.000000Z".utf8.count)
        var start = end - 2
        while start > first, text[start] != quote { start -= 1 }
        guard text[start] == quote else { return nil }
        for name: StaticString in [#","modifiedAt":"#, #","createdAt":"#] {
            let begin = start - name.utf8CodeUnitCount
            if begin > 0, UnsafeBufferPointer(rebasing: text[begin..<start]).isText(name) { return begin }
        }
        return nil
    }
}
