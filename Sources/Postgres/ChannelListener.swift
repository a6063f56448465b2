package import Networking

/// Hears what other sessions NOTIFY, on a connection of its own.
package final class ChannelListener {
    package enum Event: Equatable, Sendable {
        /// It listens from now on; what was notified before is lost: read again what it was about.
        case began
        case notified(channel: String, payload: String)
    }

    private let link: PostgresLink

    /// Listens to `channels`, names of ours made of letters, digits and `_`; `onEvent` runs on the reactor.
    package init(
        _ configuration: PostgresConfiguration, channels: [String], on reactor: Reactor,
        onEvent: @escaping (Event) -> Void
    ) {
        link = PostgresLink(configuration, on: reactor)
        let listen = channels.map { Call(command: "LISTEN \"\($0)\"") }
        link.onOpen = { connection in
            connection.onNotification = { onEvent(.notified(channel: $0, payload: $1)) }
            connection.send(
                Exchange(calls: listen) { result in
                    // A connection that broke meanwhile is replaced, and listens then.
                    if case .success = result { onEvent(.began) }
                })
        }
    }

    package func open() {
        link.open()
    }

    package func close() {
        link.close()
    }

    package var reconnects: Int { link.reconnects }
}
