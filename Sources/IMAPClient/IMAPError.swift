/// Why a session, or a command in it, came to nothing.
package enum IMAPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No connection: name, network or TLS.
    case unreachable(String)
    /// The server ended the session, in its words (BYE), or the connection broke.
    case closed(String)
    case timedOut(doing: String)
    /// The server does not speak IMAP as RFC 3501 says, or goes beyond what is taken from it.
    case broken(ProtocolFault)
    /// Nothing is said to a server whom anybody may have overheard or changed.
    case unsafe(String)
    /// The log-in was refused.
    case notAuthenticated(String)
    /// The server does not give a message for now (RFC 5530 section 3).
    case unavailable(String)
    /// The server answered NO or BAD.
    case refused(command: String, Condition)
    /// No room for a large message in the spool.
    case noSpool(String)
    /// The server lacks what is asked of it.
    case unsupported(String)

    package var description: String {
        switch self {
        case .unreachable(let reason): "no connection: \(reason)"
        case .closed(let reason): "the session ended: \(reason)"
        case .timedOut(let doing): "time-out while \(doing)"
        case .broken(let fault): "the server does not keep to IMAP: \(fault)"
        case .unsafe(let reason): "not safe: \(reason)"
        case .notAuthenticated(let reason): "log-in refused: \(reason)"
        case .unavailable(let words): "not given for now: \(words)"
        case .refused(let command, let condition): "\(command): \(condition)"
        case .noSpool(let reason): "the spool cannot be written: \(reason)"
        case .unsupported(let what): "the server does not offer \(what)"
        }
    }
}

/// What in a server's octets cannot be taken.
package enum ProtocolFault: Error, Hashable, Sendable, CustomStringConvertible {
    case lineTooLong(limit: Int)
    case literalTooLong(size: UInt64, limit: Int)
    case nestedTooDeep(limit: Int)
    /// It goes on and on beside what was asked for.
    case endless(limit: Int)
    /// A second content in one response.
    case unexpectedContent
    /// What was read does not follow the grammar; the beginning of it is told.
    case grammar(String)

    package var description: String {
        switch self {
        case .lineTooLong(let limit): "a line longer than \(limit) octets"
        case .literalTooLong(let size, let limit): "a literal of \(size) octets where at most \(limit) are taken"
        case .nestedTooDeep(let limit): "lists nested deeper than \(limit)"
        case .endless(let limit): "more than \(limit) octets, or messages that nobody asked for"
        case .unexpectedContent: "two messages in one response"
        case .grammar(let text): "cannot read \"\(text)\""
        }
    }
}
