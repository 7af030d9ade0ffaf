import Hummingbird
import NIOCore
import Synchronization

/// Reads bodies within bounds of size and time, and all of them together within a bound of memory: whoever sends one has
/// proved nothing yet.
final class BoundedBody: Sendable {
    private let sizeLimit: Int
    private let totalLimit: Int
    private let patience: Duration
    /// Octets of the bodies that are being read or worked on.
    private let held = Mutex(0)

    init(sizeLimit: Int, totalLimit: Int, patience: Duration) {
        self.sizeLimit = sizeLimit
        self.totalLimit = totalLimit
        self.patience = patience
    }

    /// Runs the work with the octets of the request's body.
    func with<Value: Sendable>(
        _ request: Request, _ work: ([UInt8]) async throws -> Value
    ) async throws -> Value {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > sizeLimit { throw tooLarge }
        let share = Share(of: self)
        defer { share.giveBack() }
        return try await work(try await read(request.body, share))
    }

    private func read(_ body: RequestBody, _ share: Share) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { try await self.collect(body, share) }
            group.addTask { [patience] in
                try await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let octets = first else { throw Self.tooSlow }
            return octets
        }
    }

    private func collect(_ body: RequestBody, _ share: Share) async throws -> [UInt8] {
        var octets: [UInt8] = []
        for try await piece in body {
            guard octets.count + piece.readableBytes <= sizeLimit else { throw tooLarge }
            guard share.grow(by: piece.readableBytes) else { throw Problem.unavailable("too much is being received") }
            octets.append(contentsOf: piece.readableBytesView)
        }
        try Task.checkCancellation()
        return octets
    }

    private var tooLarge: Problem {
        Problem(
            status: .contentTooLarge, title: "Too large", detail: "a body has at most \(sizeLimit >> 20) MiB")
    }

    private static let tooSlow = Problem(
        status: .requestTimeout, title: "Too slow", detail: "the body did not arrive in time")

    /// What one body holds of the memory.
    private final class Share: Sendable {
        private let whole: BoundedBody
        private let octets = Mutex(0)

        init(of whole: BoundedBody) { self.whole = whole }

        func giveBack() {
            let octets = octets.withLock { octets in
                defer { octets = 0 }
                return octets
            }
            whole.held.withLock { $0 -= octets }
        }

        /// False when there is no room for it.
        func grow(by count: Int) -> Bool {
            let fits = whole.held.withLock { held in
                guard held + count <= whole.totalLimit else { return false }
                held += count
                return true
            }
            if fits { octets.withLock { $0 += count } }
            return fits
        }
    }
}
