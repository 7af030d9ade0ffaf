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

/// What commands are answered.
extension SMTPReply {
    static let ok = Self(250, "2.0.0", "Ok")
    static let senderOk = Self(250, "2.1.0", "Sender ok")
    static let recipientOk = Self(250, "2.1.5", "Recipient ok")
    static let goodbye = Self(221, "2.0.0", "Goodbye")
    static let help = Self(214, "2.0.0", "Commands: EHLO HELO MAIL RCPT DATA RSET NOOP VRFY HELP QUIT; RFC 5321")
    static let cannotVerify = Self(252, "2.1.5", "Cannot verify, but will take mail for our mailboxes")
    static let startMail = Self(354, nil, "End data with <CR><LF>.<CR><LF>")
    static let unknownCommand = Self(500, "5.5.2", "Command not recognized")
    static let lineTooLong = Self(500, "5.5.2", "Line too long")
    static let badLine = Self(500, "5.5.2", "Lines end with CRLF and hold no other CR, LF or NUL")
    static let notImplemented = Self(502, "5.5.1", "Command not implemented")
    static let badSequence = Self(503, "5.5.1", "Bad sequence of commands")
    static let noRecipients = Self(554, "5.5.1", "No valid recipients")
    static let needsArgument = Self(501, "5.5.4", "An argument is needed")
    static let noArgument = Self(501, "5.5.4", "No argument is allowed")
    static let badName = Self(501, "5.5.4", "The name holds characters that no name has")
    static let badSender = Self(501, "5.1.7", "Bad sender address syntax: MAIL FROM:<address>")
    static let badRecipient = Self(501, "5.1.3", "Bad recipient address syntax: RCPT TO:<address>")
    static let badParameter = Self(501, "5.5.4", "Bad parameter value")
    static let unknownParameter = Self(555, "5.5.4", "Parameter not recognized")
    static let needsSMTPUTF8Sender = Self(550, "5.6.7", "The address needs SMTPUTF8")
    static let needsSMTPUTF8Recipient = Self(553, "5.6.7", "The address needs SMTPUTF8")
    static let tooManyRecipients = Self(452, "4.5.3", "Too many recipients")
    static let tooManyMessages = Self(451, "4.7.1", "Too many messages in a short time; try again later")
}

/// What is said of a message's content.
extension SMTPReply {
    static let tooLarge = Self(552, "5.3.4", "The message is larger than the limit")
    static let bareLineEnd = Self(550, "5.5.2", "The message holds a bare CR or LF; lines end with CRLF")
    static let dataLineTooLong = Self(554, "5.6.0", "A line of the message is longer than the limit")
    static let mailLoop = Self(554, "5.4.6", "Too many Received fields: a mail loop")
}

/// What a session ends with.
extension SMTPReply {
    static let tooManyErrors = Self(421, "4.7.0", "Too many errors")
    static let idle = Self(421, "4.4.2", "Idle for too long")
    static let shutdown = Self(421, "4.3.2", "Shutting down; try again")
    static let tooManyConnections = Self(421, "4.3.2", "Too many connections; try again later")
    static let tooManyFromAddress = Self(421, "4.7.0", "Too many connections from your address")
    static let tooEarly = Self(554, "5.5.0", "Wait for the greeting")
    static let notSMTP = Self(554, "5.5.0", "This is an SMTP server")
}
