/// What commands are answered.
extension SMTPReply {
    static let ok = Self(250, "2.0.0", "Ok")
    static let senderOk = Self(250, "2.1.0", "Sender ok")
    static let recipientOk = Self(250, "2.1.5", "Recipient ok")
    static let goodbye = Self(221, "2.0.0", "Goodbye")
    static let help = Self(214, "2.0.0", "Commands: EHLO HELO MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT; RFC 5321")
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
    static let badChunkSize = Self(501, "5.5.4", "Bad chunk size: BDAT octets [LAST]")
    static func chunkOk(_ octets: Int) -> Self { Self(250, "2.0.0", "\(octets) octets received") }
}

/// What STARTTLS and AUTH are answered (RFC 3207, RFC 4954).
extension SMTPReply {
    static let startTLS = Self(220, "2.0.0", "Ready to start TLS")
    static let tlsUnavailable = Self(454, "4.7.0", "TLS is not available now")
    static let needsTLS = Self(530, "5.7.0", "Issue STARTTLS first")
    static let needsAuthentication = Self(530, "5.7.0", "Log in first")
    static let needsTLSForAuthentication = Self(538, "5.7.11", "Log in under TLS only")
    static let authenticated = Self(235, "2.7.0", "Welcome")
    static let badCredentials = Self(535, "5.7.8", "User or password is wrong")
    static let authenticationUnavailable = Self(454, "4.7.0", "Log-in is not possible now; try again")
    static let tooManyAttempts = Self(454, "4.7.0", "Too many failed log-ins; try again later")
    static let unknownMechanism = Self(504, "5.5.4", "Mechanism not known; see EHLO")
    static let authenticationCancelled = Self(501, "5.7.0", "Log-in cancelled")
    static let badAuthentication = Self(501, "5.5.2", "Not base64, or not what the mechanism says")
    static let authenticationLineTooLong = Self(500, "5.5.6", "Line too long")
    /// Whether a log-in ended with it.
    var isOfLogIn: Bool { code == 235 || code == 535 }

    /// `334` with a challenge in base64.
    static func challenge(_ text: String) -> Self { Self(334, nil, text) }
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
    static let tooManyFailures = Self(421, "4.7.0", "Too many failed log-ins")
    static let idle = Self(421, "4.4.2", "Idle for too long")
    static let shutdown = Self(421, "4.3.2", "Shutting down; try again")
    static let tooManyConnections = Self(421, "4.3.2", "Too many connections; try again later")
    static let tooManyFromAddress = Self(421, "4.7.0", "Too many connections from your address")
    static let tooManyConnectionsLately = Self(421, "4.7.0", "Too many connections in a short time; try again later")
    static let tooEarly = Self(554, "5.5.0", "Wait for the greeting")
    static let notSMTP = Self(554, "5.5.0", "This is an SMTP server")
}
