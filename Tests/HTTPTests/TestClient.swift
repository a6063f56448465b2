import HTTP
import Networking
import Synchronization

/// An `HTTPClient` on a worker of its own.
final class TestClient: Sendable {
    private let worker = Worker(reactor: Reactor())
    private let handle: Handle

    /// `@unchecked Sendable`: the client is used, and released, on its worker only.
    private struct Handle: @unchecked Sendable {
        let client: Unmanaged<HTTPClient>
    }

    init(_ configuration: HTTPClientConfiguration = HTTPClientConfiguration()) async {
        worker.reactor.start()
        handle = Handle(client: Unmanaged.passRetained(await worker.makeClient(configuration)))
    }

    deinit {
        worker.reactor.perform { [handle, reactor = worker.reactor] in
            handle.client.release()
            reactor.stop()
        }
    }

    func send(_ request: ClientRequest) async throws -> ClientResponse {
        let task = Mutex<Task<Void, Never>?>(nil)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                worker.reactor.perform { [worker, handle] in
                    worker.assumeIsolated { worker in
                        let client = handle.client.takeUnretainedValue()
                        let sending = worker.send(request, by: client) { done.resume(returning: $0) }
                        task.withLock { $0 = sending }
                    }
                }
            }
        } onCancel: {
            task.withLock { $0 }?.cancel()
        }
        return try result.get()
    }

    /// Why `request` has no answer; nil: it has one.
    func failure(of request: ClientRequest) async -> HTTPClientError.Kind? {
        do {
            _ = try await send(request)
            return nil
        } catch {
            return (error as? HTTPClientError)?.kind
        }
    }
}

extension Worker {
    fileprivate func makeClient(_ configuration: HTTPClientConfiguration) -> sending HTTPClient {
        nonisolated(unsafe) let client = HTTPClient(on: reactor, configuration: configuration)
        return client
    }

    fileprivate func send(
        _ request: ClientRequest, by client: HTTPClient,
        _ finished: @escaping (Result<ClientResponse, any Error>) -> Void
    ) -> Task<Void, Never> {
        spawn {
            do {
                finished(.success(try await client.send(request)))
            } catch {
                finished(.failure(error))
            }
        }
    }
}
