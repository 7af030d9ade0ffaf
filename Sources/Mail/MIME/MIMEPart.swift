import Cryptography

/// A parsed mail (RFC 5322): its header fields and the tree of its parts, decoded.
struct MIMEMessage: Sendable {
    var fields: [HeaderField]
    var from: [Mailbox] = []
    var replyTo: [Mailbox] = []
    var to: [Mailbox] = []
    var cc: [Mailbox] = []
    /// Who sent it on as it was, the last who did (RFC 5322 section 3.6.6).
    var resentFrom: [Mailbox] = []
    var subject = ""
    var messageID: String?
    var date = LetterDate()
    var root: MIMEPart

    /// The value of the first field of that name (any case), decoded.
    func field(_ name: StaticString) -> String? { fields.first { $0.isNamed(name) }?.value }

    /// The values of all fields of that name: a second one may forbid what the first allows.
    func values(_ name: StaticString) -> [String] { fields.filter { $0.isNamed(name) }.map(\.value) }

    /// The media type of the whole, such as `multipart/report`.
    var contentType: String { root.contentType }
}

/// A header field; its value is decoded (RFC 2047) and unfolded when asked for, as most never are.
struct HeaderField: Sendable {
    var name: [UInt8]
    /// The value as sent, at most as long as the limits allow.
    var raw: [UInt8]

    var value: String { HeaderText.decode(raw) }

    /// Whether the field has that name, in any case.
    func isNamed(_ other: StaticString) -> Bool {
        name.count == other.utf8CodeUnitCount && hasPrefix(other)
    }

    /// Whether the name begins so, in any case.
    func hasPrefix(_ prefix: StaticString) -> Bool {
        let count = prefix.utf8CodeUnitCount
        return name.count >= count
            && (0..<count).allSatisfy { name[$0] | 0x20 == prefix.utf8Start[$0] | 0x20 }
    }
}

/// A part of a message (RFC 2045).
struct MIMEPart: Sendable {
    indirect enum Content: Sendable {
        /// Decoded text of a `text/*` part: UTF-8 in NFC, lines that end with `\n`.
        case text([UInt8])
        /// Header fields that stand for something else: of a report, or of a mail that was returned (RFC 6522).
        case fields([UInt8])
        /// A file of a calendar as UTF-8.
        case calendar([UInt8])
        /// Any other leaf, of which size and digest are known.
        case octets
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
    /// What its octets do with what they hold, where that could not be opened (RFC 8551).
    var seal: SealKind?
    /// What kind of container it is, opened or not.
    var container: ContainerKind?
    /// Octets and digest of the decoded content of a leaf that is no part of the text.
    var size = 0
    var sha256 = ""

    /// Whether a reader would take it for a part of the text rather than something to save.
    var isBody: Bool {
        disposition != "attachment" && filename == nil
            && (contentType == "text/plain" || contentType == "text/html")
    }

    var children: [MIMEPart] {
        if case .multipart(let children) = content { children } else { [] }
    }
}
