/// The Prometheus text format, version 0.0.4, written metric by metric.
struct PrometheusText {
    private(set) var text = ""

    mutating func head(_ name: String, help: String, kind: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
        }
        text += " \(number(value))\n"
    }

    mutating func histogram(
        _ name: String, _ labels: [(name: String, value: String)], _ histogram: Histogram
    ) {
        let cumulative = histogram.cumulative
        for (bound, count) in zip(histogram.buckets.bounds, cumulative) {
            let limit = number(Double(bound) / histogram.buckets.scale)
            sample("\(name)_bucket", labels + [("le", limit)], Double(count))
        }
        let count = Double(cumulative.last ?? 0)
        sample("\(name)_bucket", labels + [("le", "+Inf")], count)
        sample("\(name)_sum", labels, histogram.sum)
        sample("\(name)_count", labels, count)
    }

    private func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }

    private func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { [0x22, 0x5C, 0x0A].contains($0) }) else { return value }
        return value.reduce(into: "") { text, character in
            switch character {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
    }
}
