/// A response of a server, as far as Brevdue needs to know it (RFC 3501 section 7).
enum Response: Hashable, Sendable {
    /// `+`: the server waits for more of the command.
    case continuation(String)
    case tagged(tag: String, Condition)
    case condition(Condition)
    case capability(Set<String>)
    case enabled(Set<String>)
    case list(ListedFolder)
    case flags([String])
    case search([UInt32])
    case exists(UInt32)
    case expunge(UInt32)
    case fetch(FetchedMessage)
    /// A response to FETCH that cannot be read; it blocks no other.
    case unreadableFetch(ProtocolFault)
    /// What is of no interest here, or not known.
    case other
}

/// `OK`, `NO`, `BAD`, `PREAUTH` or `BYE` with its words (RFC 3501 section 7.1).
package struct Condition: Hashable, Sendable, CustomStringConvertible {
    package enum Status: String, Hashable, Sendable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case preauth = "PREAUTH"
        case bye = "BYE"

        init?(octets: some Collection<UInt8>) {
            guard octets.count <= 7 else { return nil }
            self.init(rawValue: String(decoding: octets, as: UTF8.self).uppercased())
        }
    }

    /// Whether the same command may succeed later (RFC 5530 section 3).
    package var isOfTheMoment: Bool {
        guard status == .no, case .other(let name)? = code else { return false }
        return ["UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT", "THROTTLED", "OVERQUOTA"].contains(name)
    }

    /// What a program may read in a condition.
    package enum Code: Hashable, Sendable {
        case uidValidity(UInt32)
        case uidNext(UInt32)
        case permanentFlags([String])
        case capability(Set<String>)
        case readOnly
        case readWrite
        case tryCreate
        case alert
        /// Any other, by its name in capitals.
        case other(String)
    }

    package var status: Status
    package var code: Code?
    /// The server's words in one bounded line.
    package var text: String

    package var description: String { "\(status.rawValue) \(text)" }
}

/// A folder as LIST tells it.
package struct ListedFolder: Hashable, Sendable {
    package var attributes: Set<String>
    /// What separates the levels of its name; `nil` when names have none.
    package var delimiter: Character?
    /// The name as the server writes it.
    package var name: [UInt8]
}

/// What a FETCH response says of one message.
package struct FetchedMessage: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// It was not part of the response.
        case absent
        /// NIL: the server has none.
        case none
        /// In a line of the response itself.
        case octets([UInt8])
        /// It was handed on as it came in.
        case streamed
    }

    package var sequence: UInt32
    package var uid: UInt32?
    package var size: UInt64?
    package var flags: [String]?
    package var internalDate: String?
    package var content = Content.absent
}
