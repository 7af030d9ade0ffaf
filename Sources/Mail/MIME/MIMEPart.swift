/// A parsed mail (RFC 5322): its header fields and the tree of its parts, decoded.
struct MIMEMessage: Sendable {
    var fields: [HeaderField]
    var from: [Mailbox] = []
    var replyTo: [Mailbox] = []
    var to: [Mailbox] = []
    var cc: [Mailbox] = []
    var subject = ""
    var messageID: String?
    var date = LetterDate()
    var root: MIMEPart

    /// The value of the first field of that name (any case), decoded.
    func field(_ name: String) -> String? { fields.first { $0.isNamed(name) }?.value }

    /// The media type of the whole, such as `multipart/report`.
    var contentType: String { root.contentType }
}

/// A header field, its value decoded (RFC 2047) and unfolded.
struct HeaderField: Hashable, Sendable {
    var name: String
    var value: String

    func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count && zip(name.utf8, other.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
}

/// A part of a message (RFC 2045).
struct MIMEPart: Sendable {
    indirect enum Content: Sendable {
        /// Decoded text of a `text/*` part.
        case text(String)
        /// Decoded octets of any other leaf.
        case octets([UInt8])
        case multipart([MIMEPart])
        case message(MIMEMessage)
    }

    /// `type/subtype` in lower case.
    var contentType: String
    /// Parameters of Content-Type that reading needs.
    var parameters: [String: String] = [:]
    var filename: String?
    /// `attachment`, `inline` or `nil`, in lower case.
    var disposition: String?
    var contentID: String?
    var content: Content
    /// Octets and digest of the decoded content of a leaf.
    var size = 0
    var sha256 = ""

    /// Whether a reader would take it for a part of the text rather than something to save.
    var isBody: Bool {
        disposition != "attachment" && filename == nil && (contentType == "text/plain" || contentType == "text/html")
    }

    var children: [MIMEPart] {
        if case .multipart(let children) = content { children } else { [] }
    }
}
