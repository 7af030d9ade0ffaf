import Foundation
import Synchronization

/// A mail server on loopback that takes every mail, except where a test tells it to behave otherwise.
final class ScriptedRelay: Sendable {
    /// What it does instead of its usual answer.
    enum Answer: Sendable {
        case say(String)
        case sayAndHangUp(String)
        case hangUp
        case keepSilent
        /// Says it, then holds the connection without ever reading from it again.
        case sayAndStopReading(String)
        /// Says it over and over until the client goes.
        case sayForever(String)
        /// Goes on under TLS: at the greeting at once, as an answer to STARTTLS after a word of consent.
        case secure(TLSEnd)
    }

    /// What there is to answer: the connection, a command by its verb, or a whole content.
    enum Moment: Hashable, Sendable {
        case greeting
        case command(String)
        case content
    }

    /// What it saw.
    struct Log: Sendable {
        var connections = 0
        var commands: [String] = []
        /// Without the final dot, otherwise as they came.
        var contents: [[UInt8]] = []
    }

    let url: String
    /// Every command as it comes.
    let arrivals: AsyncStream<String>
    private let arrival: AsyncStream<String>.Continuation
    private let listener: LoopbackSocket
    private let state: Mutex<State>

    private struct State {
        var log = Log()
        var answers: [Moment: [Answer]]
        var held: [LoopbackSocket] = []
    }

    var log: Log { state.withLock { $0.log } }

    /// Listens on a free port.
    ///
    /// The answers to one moment are given in turn, the usual one after them.
    init(_ answers: [Moment: [Answer]] = [:]) throws {
        let (listener, port) = try LoopbackSocket.listening()
        url = "smtp://127.0.0.1:\(port)"
        (arrivals, arrival) = AsyncStream.makeStream()
        self.listener = listener
        state = Mutex(State(answers: answers))
        Thread { [weak self] in
            while let connection = listener.accept() {
                Thread { [weak self] in self?.serve(connection) }.start()
            }
        }.start()
    }

    deinit { listener.shutDown() }

    private func serve(_ connection: LoopbackSocket) {
        state.withLock { $0.log.connections += 1 }
        if answer(.greeting, to: connection) != nil { converse(connection) }
    }

    private func converse(_ connection: LoopbackSocket) {
        var reader = LineReader(connection)
        while let line = reader.line() {
            state.withLock { $0.log.commands.append(line) }
            arrival.yield(line)
            guard let said = answer(.command(String(line.prefix(4))), to: connection) else { return }
            guard said.hasPrefix("354") else { continue }
            guard let content = reader.content() else { return }
            state.withLock { $0.log.contents.append(content) }
            guard answer(.content, to: connection) != nil else { return }
        }
    }

    /// Gives the answer of the moment and tells what was said; `nil` when the connection is to end.
    private func answer(_ moment: Moment, to connection: LoopbackSocket) -> String? {
        let next = state.withLock { state in
            state.answers[moment]?.isEmpty == false ? state.answers[moment]?.removeFirst() : nil
        }
        switch next ?? .say(Self.usual(moment)) {
        case .say(let text):
            connection.write(text + "\r\n")
            return text
        case .sayAndHangUp(let text):
            connection.write(text + "\r\n")
            return nil
        case .hangUp: return nil
        case .keepSilent: return ""
        case .sayAndStopReading(let text):
            connection.write(text + "\r\n")
            state.withLock { $0.held.append(connection) }
            return nil
        case .sayForever(let text):
            while connection.write(text + "\r\n") {}
            return nil
        case .secure(let end):
            if moment != .greeting { connection.write("220 go on\r\n") }
            end.join(connection)
            if moment != .greeting || answer(.greeting, to: end.plain) != nil { converse(end.plain) }
            return nil
        }
    }

    private static func usual(_ moment: Moment) -> String {
        switch moment {
        case .greeting: "220 relay.example ESMTP"
        case .command("EHLO"): "250-relay.example\r\n250-8BITMIME\r\n250 SIZE 100000000"
        case .command("DATA"): "354 go on"
        case .command("QUIT"): "221 2.0.0 bye"
        case .command: "250 2.0.0 Ok"
        case .content: "250 2.0.0 taken"
        }
    }
}
