import Synchronization

/// What the server did since its start.
package final class SMTPCounters: Sendable {
    /// The figures at one moment.
    package struct Figures: Hashable, Sendable {
        package var connections = 0
        /// Connections beyond a limit.
        package var refusedConnections = 0
        /// Sessions that came to be encrypted, and handshakes that came to nothing.
        package var encryptedSessions = 0
        package var failedHandshakes = 0
        package var logIns = 0
        package var failedLogIns = 0
        /// Messages by the code of their answer.
        package var messages: [Int: Int] = [:]
        /// Octets of accepted messages.
        package var octets = 0
    }

    private let state = Mutex(Figures())

    package var figures: Figures { state.withLock { $0 } }

    /// Messages by the code of their answer.
    package var messages: [Int: Int] { figures.messages }

    func count(_ reply: SMTPReply, size: Int) {
        state.withLock { figures in
            figures.messages[reply.code, default: 0] += 1
            if !reply.isError { figures.octets += size }
        }
    }

    func countConnection(isRefused: Bool) {
        state.withLock { figures in
            figures.connections += 1
            if isRefused { figures.refusedConnections += 1 }
        }
    }

    func countHandshake(isDone: Bool) {
        state.withLock { figures in
            if isDone { figures.encryptedSessions += 1 } else { figures.failedHandshakes += 1 }
        }
    }

    func countLogIn(isDone: Bool) {
        state.withLock { figures in
            if isDone { figures.logIns += 1 } else { figures.failedLogIns += 1 }
        }
    }
}
