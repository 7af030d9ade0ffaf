import NIOCore

/// A reply of the server (RFC 5321 section 4.2) with its enhanced status code (RFC 3463).
package struct SMTPReply: Hashable, Sendable {
    package var code: Int
    /// `nil` for the greeting, `354` and the answers to HELO and EHLO, which carry none.
    package var enhanced: String?
    /// One line, or the lines of a multi-line reply.
    package var lines: [String]

    package init(_ code: Int, _ enhanced: String? = nil, _ text: String) {
        self.init(code, enhanced, lines: [text])
    }

    package init(_ code: Int, _ enhanced: String?, lines: [String]) {
        self.code = code
        self.enhanced = enhanced
        self.lines = lines
    }

    /// Whether it says that something went wrong.
    package var isError: Bool { code >= 400 }

    /// Appends the reply as it is sent, with CRLF.
    func write(to buffer: inout ByteBuffer) {
        for (index, line) in lines.enumerated() {
            buffer.writeString(String(code))
            buffer.writeString(index == lines.count - 1 ? " " : "-")
            if let enhanced {
                buffer.writeString(enhanced)
                buffer.writeString(" ")
            }
            buffer.writeString(line)
            buffer.writeString("\r\n")
        }
    }
}

/// What receivers answer.
extension SMTPReply {
    package static func accepted(id: String) -> Self { Self(250, "2.0.0", "Ok: stored as \(id)") }
    package static let unknownMailbox = Self(550, "5.1.1", "No such mailbox here")
    package static let relayDenied = Self(550, "5.7.1", "Not one of our domains; no relaying")
    package static let storageUnavailable = Self(451, "4.3.0", "Storage is not available now; try again")
    package static let storageFull = Self(452, "4.3.1", "Out of storage; try again later")
    package static let contentRefused = Self(554, "5.6.0", "The message cannot be stored")
}
