/// The faults of one payload, so that its sender hears of all of them at once.
///
/// Each place that reads several members goes on after a fault and says at its end whether there was one.
struct Faults {
    /// Most faults that an answer names: beyond them one knows that the whole payload is of another kind.
    static let countMax = 20

    private var faults: [NGSILDError] = []

    /// - Throws: all of them, where there are enough.
    mutating func add(_ error: NGSILDError) throws(NGSILDError) {
        var first = error
        first.others = []
        faults.append(first)
        faults += error.others
        if faults.count >= Self.countMax { try check() }
    }

    /// - Throws: the first fault, with the others in it.
    func check() throws(NGSILDError) {
        guard var error = faults.first else { return }
        error.others = Array(faults[1..<min(faults.count, Self.countMax)])
        throw error
    }
}
