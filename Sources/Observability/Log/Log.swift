/// How much a line matters; what lies below the configured level is neither computed nor written.
package enum LogLevel: String, CaseIterable, Comparable, Sendable {
    case debug, info, warning, error

    package static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}

/// How a line is written: `text` is logfmt, for people and grep; `json` is one object a line, for collectors.
package enum LogFormat: String, CaseIterable, Sendable {
    case text, json
}

/// Writes events with fields, one a line: `time=… level=info event=request method=GET status=200`.
///
/// A value that every part gets handed; copies share the sink.
package struct Log: Sendable {
    package let level: LogLevel
    private let sink: LogSink
    private let clock: @Sendable () -> WallTime

    package init(
        level: LogLevel = .info, to sink: LogSink,
        clock: @escaping @Sendable () -> WallTime = { .now }
    ) {
        self.level = level
        self.sink = sink
        self.clock = clock
    }

    package func debug(_ event: StaticString, _ fields: (inout LogLine) -> Void = { _ in }) {
        write(.debug, event, fields)
    }

    package func info(_ event: StaticString, _ fields: (inout LogLine) -> Void = { _ in }) {
        write(.info, event, fields)
    }

    package func warning(_ event: StaticString, _ fields: (inout LogLine) -> Void = { _ in }) {
        write(.warning, event, fields)
    }

    package func error(_ event: StaticString, _ fields: (inout LogLine) -> Void = { _ in }) {
        write(.error, event, fields)
    }

    private func write(_ level: LogLevel, _ event: StaticString, _ fields: (inout LogLine) -> Void) {
        guard level >= self.level else { return }
        var line = LogLine(sink.format, at: clock(), level: level, event: event)
        fields(&line)
        sink.append(line.finished())
    }
}
