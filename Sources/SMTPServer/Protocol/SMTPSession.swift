/// The commands of one session (RFC 5321 section 4.1): a value without sockets or clock.
struct SMTPSession {
    /// What is done about a command.
    enum Action: Equatable {
        case reply(SMTPReply)
        /// Reply, and read the message.
        case startMail(SMTPReply)
        /// Reply, and end the session.
        case close(SMTPReply)
    }

    /// Decides a recipient: `nil` accepts it.
    typealias Verdict = (MailPath, MailPath, SessionInfo) -> SMTPReply?

    private let hostname: String
    private let limits: SMTPLimits
    private(set) var info: SessionInfo
    private(set) var envelope: Envelope?
    private var hasGreeted = false
    private var isExtended = false
    private var refusedRecipients = 0
    private var errors = 0
    private var harmless = 0
    private var isFirstLine = true

    init(hostname: String, limits: SMTPLimits, remoteAddress: String) {
        self.hostname = hostname
        self.limits = limits
        info = SessionInfo(remoteAddress: remoteAddress, heloName: "", with: "SMTP")
    }

    var greeting: SMTPReply { SMTPReply(220, nil, "\(hostname) ESMTP") }

    /// A line without its CRLF.
    mutating func receive(_ line: ArraySlice<UInt8>, verdict: Verdict) -> Action {
        defer { isFirstLine = false }
        if isFirstLine, Self.isForeign(line) { return .close(.notSMTP) }
        guard !line.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else { return count(.badLine) }
        let verbEnd = line.firstIndex(of: 0x20) ?? line.endIndex
        let verb = String(decoding: line[..<verbEnd], as: UTF8.self).uppercased()
        let rest = verbEnd < line.endIndex ? line[(verbEnd + 1)...] : line[line.endIndex...]
        switch verb {
        case "EHLO", "HELO": return harmless(greet(rest, extended: verb == "EHLO"))
        case "MAIL": return count(mail(rest))
        case "RCPT": return count(recipient(rest, verdict: verdict))
        case "DATA": return data(rest)
        case "RSET":
            reset()
            return harmless(.ok)
        case "NOOP": return harmless(.ok)
        case "HELP": return harmless(.help)
        case "VRFY": return harmless(rest.isEmpty ? .needsName : .cannotVerify)
        case "QUIT": return .close(.goodbye)
        case "EXPN", "ETRN", "TURN", "STARTTLS", "AUTH", "BDAT", "SEND", "SAML", "SOML": return count(.notImplemented)
        default: return count(.unknownCommand)
        }
    }

    /// A line that went beyond the limit; its rest was thrown away.
    mutating func receiveTooLong() -> Action {
        isFirstLine = false
        return count(.lineTooLong)
    }

    /// The message was answered; the next one may begin.
    mutating func finishMessage(_ reply: SMTPReply) -> Action {
        reset()
        if !reply.isError {
            errors = 0
            harmless = 0
        }
        return count(reply)
    }

    // MARK: Commands

    private mutating func greet(_ rest: ArraySlice<UInt8>, extended: Bool) -> SMTPReply {
        let name = rest.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
        guard !name.isEmpty, name.count <= 255 else { return .needsName }
        guard name.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), let text = String(validating: name, as: UTF8.self) else {
            return .badName
        }
        reset()
        hasGreeted = true
        isExtended = extended
        info.heloName = text
        info.with = extended ? "ESMTP" : "SMTP"
        guard extended else { return SMTPReply(250, nil, hostname) }
        let extensions = ["PIPELINING", "SIZE \(limits.messageSize)", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
        return SMTPReply(250, nil, lines: [hostname] + extensions)
    }

    private mutating func mail(_ rest: ArraySlice<UInt8>) -> SMTPReply {
        guard hasGreeted, envelope == nil else { return .badSequence }
        guard Self.begins(rest, with: "FROM:") else { return .badSender }
        var parser = PathParser(rest.dropFirst(5))
        let path: MailPath
        do { path = try parser.path() } catch {
            return error == .notUTF8 || error == .control ? .badParameter : .badSender
        }
        var envelope = Envelope(reversePath: path)
        if let refusal = MailParameters.read(parser.rest, into: &envelope, isExtended: isExtended, limits: limits) {
            return refusal
        }
        guard path.isASCII || envelope.usesSMTPUTF8 else { return .needsSMTPUTF8Sender }
        self.envelope = envelope
        if envelope.usesSMTPUTF8 { info.with = "UTF8SMTP" }
        return .senderOk
    }

    private mutating func recipient(_ rest: ArraySlice<UInt8>, verdict: Verdict) -> SMTPReply {
        guard let known = envelope else { return .badSequence }
        guard Self.begins(rest, with: "TO:") else { return .badRecipient }
        var parser = PathParser(rest.dropFirst(3))
        let path: MailPath
        do { path = try parser.path() } catch {
            return error == .notUTF8 || error == .control ? .badParameter : .badRecipient
        }
        guard !path.isNull else { return .badRecipient }
        guard parser.rest.allSatisfy({ $0 == 0x20 }) else { return .unknownParameter }
        guard path.isASCII || known.usesSMTPUTF8 else { return .needsSMTPUTF8Recipient }
        guard known.recipients.count < limits.recipients else { return .tooManyRecipients }
        if let refusal = verdict(path, known.reversePath, info) {
            refusedRecipients += 1
            return refusal
        }
        envelope?.recipients.append(path)
        return .recipientOk
    }

    private mutating func data(_ rest: ArraySlice<UInt8>) -> Action {
        guard rest.isEmpty else { return count(.badParameter) }
        guard let envelope else { return count(.badSequence) }
        guard !envelope.recipients.isEmpty else { return count(refusedRecipients > 0 ? .noRecipients : .badSequence) }
        return .startMail(.startMail)
    }

    private mutating func reset() {
        envelope = nil
        refusedRecipients = 0
        if isExtended { info.with = "ESMTP" }
    }

    private static func begins(_ octets: ArraySlice<UInt8>, with word: String) -> Bool {
        String(decoding: octets.prefix(word.utf8.count), as: UTF8.self).uppercased() == word
    }

    // MARK: Counting

    /// An error counts; too many of them end the session.
    private mutating func count(_ reply: SMTPReply) -> Action {
        guard reply.isError else { return .reply(reply) }
        errors += 1
        return errors > limits.errors ? .close(.tooManyErrors) : .reply(reply)
    }

    /// Commands that do no harm count as errors beyond their own limit.
    private mutating func harmless(_ reply: SMTPReply) -> Action {
        if reply.isError { return count(reply) }
        harmless += 1
        guard harmless > limits.harmlessCommands else { return .reply(reply) }
        errors += 1
        return errors > limits.errors ? .close(.tooManyErrors) : .reply(reply)
    }

    /// A browser, TLS, or a mail header: somebody else's protocol on our port.
    private static func isForeign(_ line: ArraySlice<UInt8>) -> Bool {
        if line.first == 0x16 { return true }
        let word = String(decoding: line.prefix(16), as: UTF8.self)
        let verbs = ["GET ", "POST ", "PUT ", "HEAD ", "OPTIONS ", "CONNECT ", "DELETE ", "PATCH ", "TRACE ", "PRI "]
        let fields = ["subject:", "from:", "to:", "received:", "host:", "date:", "content-type:", "user-agent:"]
        return verbs.contains { word.hasPrefix($0) } || fields.contains { word.lowercased().hasPrefix($0) }
    }
}

/// Parameters of MAIL (RFC 1870, RFC 6152, RFC 6531).
enum MailParameters {
    /// `nil` when all of them are understood.
    static func read(
        _ rest: ArraySlice<UInt8>, into envelope: inout Envelope, isExtended: Bool, limits: SMTPLimits
    ) -> SMTPReply? {
        var body: String?
        for word in rest.split(separator: 0x20) {
            guard isExtended else { return .unknownParameter }
            guard word.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return .badParameter }
            let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil
            switch String(decoding: parts[0], as: UTF8.self).uppercased() {
            case "SIZE":
                guard let value, value.utf8.count <= 20, let size = Int(value), size >= 0, !value.hasPrefix("+") else {
                    return .badParameter
                }
                guard envelope.declaredSize == nil || envelope.declaredSize == size else { return .badParameter }
                guard size <= limits.messageSize else { return .tooLarge }
                envelope.declaredSize = size
            case "BODY":
                let kind = value?.uppercased()
                guard kind != "BINARYMIME" else { return .unknownParameter }
                guard kind == "7BIT" || kind == "8BITMIME", body == nil || body == kind else { return .badParameter }
                body = kind
            case "SMTPUTF8":
                guard value == nil else { return .badParameter }
                envelope.usesSMTPUTF8 = true
            default: return .unknownParameter
            }
        }
        return nil
    }
}
