import CPostgres
import Foundation
package import Logging

/// Hears NOTIFY on one connection of its own.
///
/// A hint only: whoever listens polls as well.
package enum Listener {
    /// An element for each notification heard, and one after each connect, since some may have been missed; elements
    /// that nobody has taken yet are folded into one.
    ///
    /// `ownPayload`: notifications with it are our own and are passed over.
    package static func notifications(
        on channel: String, ignoring ownPayload: String? = nil, _ configuration: PostgresConfiguration, logger: Logger
    ) -> AsyncStream<Void> {
        let (stream, sink) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let ears = Ears(channel: channel, ownPayload: ownPayload, configuration: configuration, logger: logger)
        sink.onTermination = { _ in ears.stop() }
        let thread = Thread { ears.listen(sink) }
        thread.name = "postgres-listen"
        thread.start()
        return stream
    }
}

/// The thread that listens.
private final class Ears: Sendable {
    private let channel: String
    private let ownPayload: String?
    private let configuration: PostgresConfiguration
    private let logger: Logger
    private let stopped = StopFlag()

    init(channel: String, ownPayload: String?, configuration: PostgresConfiguration, logger: Logger) {
        self.channel = channel
        self.ownPayload = ownPayload
        self.configuration = configuration
        self.logger = logger
    }

    func stop() { stopped.set() }

    func listen(_ sink: AsyncStream<Void>.Continuation) {
        let name = "\"" + channel.replacing("\"", with: "\"\"") + "\""
        var failures = 0
        while !stopped.isSet {
            do {
                let link = try Link(configuration)
                try link.execute("LISTEN \(name)", patience: configuration.patience)
                failures = 0
                sink.yield()
                hear(link, sink)
            } catch {
                if failures == 0 { logger.info("not listening for hints", metadata: ["error": "\(error)"]) }
            }
            failures += 1
            stopped.wait(seconds: min(5, 0.1 * Double(1 << min(failures, 6))) * Double.random(in: 0.8...1.2))
        }
    }

    /// Until the connection breaks or the listener is stopped, which it sees within half a second.
    private func hear(_ link: borrowing Link, _ sink: AsyncStream<Void>.Continuation) {
        while !stopped.isSet, !link.isBroken {
            var descriptor = pollfd(fd: link.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 500) > 0 else { continue }
            guard PQconsumeInput(link.pointer) == 1 else { return }
            var heard = false
            while let notification = PQnotifies(link.pointer) {
                heard = heard || String(cString: notification.pointee.extra) != ownPayload
                PQfreemem(notification)
            }
            if heard { sink.yield() }
        }
    }
}

/// A flag that can be waited for.
private final class StopFlag: Sendable {
    private let condition = NSCondition()
    private nonisolated(unsafe) var value = false  // only touched with `condition` locked

    var isSet: Bool { condition.withLock { value } }

    func set() {
        condition.withLock { value = true }
        condition.broadcast()
    }

    func wait(seconds: Double) {
        let deadline = Date(timeIntervalSinceNow: seconds)
        condition.withLock {
            while !value, condition.wait(until: deadline) {}
        }
    }
}
