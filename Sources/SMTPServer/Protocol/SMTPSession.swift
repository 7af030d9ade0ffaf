/// What is asked before a message may begin, and before a recipient is accepted.
struct Admission {
    /// Whether one more message may begin now.
    var mayBegin: () -> Bool
    /// Decides a recipient: `nil` accepts it.
    var refusal: (MailPath, MailPath, SessionInfo) -> SMTPReply?
}

/// The commands of one session (RFC 5321 section 4.1): a value without sockets or clock.
///
/// The commands of STARTTLS, AUTH and BDAT stand beside those who know more of them.
struct SMTPSession {
    /// What is done about a command.
    enum Action: Equatable {
        case reply(SMTPReply)
        /// Reply, but not at once.
        case slowReply(SMTPReply)
        /// Reply, and read the message.
        case startMail(SMTPReply)
        /// Read a chunk; with a refusal, only to throw it away and say that.
        case startChunk(ChunkCommand, refusal: SMTPReply?)
        /// Reply, and begin TLS.
        case startTLS(SMTPReply)
        /// Find out, and go on with ``SMTPSession/answered(_:)``.
        case ask(SASLQuestion)
        /// Reply, and end the session.
        case close([SMTPReply])
    }

    private let hostname: String
    let limits: SMTPLimits
    let terms: SessionTerms
    private(set) var info: SessionInfo
    private(set) var envelope: Envelope?
    private(set) var hasGreeted = false
    private(set) var isExtended = false
    private(set) var hasRefusedRecipients = false
    private var brake: ErrorBrake
    private var isFirstLine = true
    /// The log-in that is going on.
    var exchange: SASLExchange?
    var failedLogIns = 0
    /// How far a message in chunks has come.
    var chunking = Chunking.none

    init(hostname: String, limits: SMTPLimits, terms: SessionTerms, remoteAddress: String, tls: TLSSession? = nil) {
        self.hostname = hostname
        self.limits = limits
        self.terms = terms
        brake = ErrorBrake(limits: limits)
        info = SessionInfo(
            remoteAddress: remoteAddress, heloName: "", with: "SMTP", listenerRole: terms.role, tls: tls)
    }

    var greeting: SMTPReply { SMTPReply(220, nil, "\(hostname) ESMTP") }

    /// The session inside TLS: all that was said in clear text is forgotten (RFC 3207 section 4.2), but not its errors.
    func encrypted(_ tls: TLSSession) -> Self {
        var session = Self(
            hostname: hostname, limits: limits, terms: terms, remoteAddress: info.remoteAddress, tls: tls)
        session.brake = brake
        session.failedLogIns = failedLogIns
        return session
    }

    /// A line without its CRLF.
    mutating func receive(_ line: ArraySlice<UInt8>, _ admission: Admission) -> Action {
        defer { isFirstLine = false }
        if isFirstLine, ForeignProtocol.opens(line) { return .close([.notSMTP]) }
        if exchange != nil { return receiveResponse(line) }
        guard !line.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else { return answer(.badLine) }
        let verb = line.prefix { $0 != 0x20 }
        let rest = line[verb.endIndex...].trimmingSpaces
        switch String(decoding: verb, as: UTF8.self).uppercased() {
        case "EHLO": return answerHarmless(greet(rest, extended: true))
        case "NOOP": return answerHarmless(.ok)
        case "QUIT": return rest.isEmpty ? .close([.goodbye]) : answer(.noArgument)
        case "STARTTLS": return startTLS(rest)
        case "BDAT": return chunk(rest)
        case _ where terms.requiresTLS && !info.isEncrypted: return answer(.needsTLS)
        case "HELO": return answerHarmless(greet(rest, extended: false))
        case "MAIL": return answer(mail(rest, admission))
        case "RCPT": return recipient(rest, admission)
        case "DATA": return data(rest)
        case "RSET": return rest.isEmpty ? restart() : answer(.noArgument)
        case "HELP": return answerHarmless(.help)
        case "VRFY": return answerHarmless(rest.isEmpty ? .needsArgument : .cannotVerify)
        case "AUTH": return authenticate(rest)
        case "EXPN", "ETRN", "TURN", "SEND", "SAML", "SOML": return answer(.notImplemented)
        default: return answer(.unknownCommand)
        }
    }

    /// A line that went beyond the limit; its rest was thrown away.
    mutating func receiveTooLong() -> Action {
        isFirstLine = false
        guard exchange != nil else { return answer(.lineTooLong) }
        exchange = nil
        return answer(.authenticationLineTooLong)
    }

    /// The message was answered; the next one may begin.
    mutating func finishMessage(_ reply: SMTPReply) -> Action {
        reset()
        guard reply.code != SMTPReply.shutdown.code else { return .close([reply]) }
        if !reply.isError { brake.release() }
        return answer(reply)
    }

    /// Notes who logged in.
    mutating func welcome(_ user: String) {
        info.authenticatedUser = user
        nameProtocol()
    }

    // MARK: Commands

    private mutating func greet(_ rest: ArraySlice<UInt8>, extended: Bool) -> SMTPReply {
        guard !rest.isEmpty else { return .needsArgument }
        let name = rest.prefix { $0 != 0x20 }
        guard name.count <= 255, !rest.holdsControls, let text = String(validating: name, as: UTF8.self) else {
            return .badName
        }
        hasGreeted = true
        isExtended = extended
        info.heloName = text
        reset()
        guard extended else { return SMTPReply(250, nil, hostname) }
        return SMTPReply(250, nil, lines: [hostname] + extensions)
    }

    /// What is offered is what would be done now, and nothing else.
    private var extensions: [String] {
        var extensions = [
            "PIPELINING", "SIZE \(limits.messageSize)", "8BITMIME", "SMTPUTF8", "CHUNKING", "ENHANCEDSTATUSCODES",
        ]
        if terms.offersTLS, !info.isEncrypted { extensions.insert("STARTTLS", at: 1) }
        if offersAuthentication {
            extensions.insert("AUTH " + SASLExchange.names.joined(separator: " "), at: 1)
        }
        return extensions
    }

    /// Whether a log-in is possible here, by now or before.
    var offersAuthentication: Bool { terms.hasAuthenticator && info.isEncrypted }

    private mutating func mail(_ rest: ArraySlice<UInt8>, _ admission: Admission) -> SMTPReply {
        guard hasGreeted, envelope == nil else { return .badSequence }
        guard !terms.requiresAuthentication || info.authenticatedUser != nil else { return .needsAuthentication }
        do throws(Refusal) {
            let new = try MailCommand.sender(
                rest, isExtended: isExtended, offersAuthentication: offersAuthentication, limits: limits)
            guard admission.mayBegin() else { return .tooManyMessages }
            envelope = new
            nameProtocol()
            return .senderOk
        } catch {
            return error.reply
        }
    }

    private mutating func recipient(_ rest: ArraySlice<UInt8>, _ admission: Admission) -> Action {
        guard let known = envelope, chunking == .none else { return answer(.badSequence) }
        do throws(Refusal) {
            let path = try MailCommand.recipient(rest, isInternational: known.usesSMTPUTF8)
            // A well-meaning client sends all it has in one go and the rest again later.
            guard known.recipients.count < limits.recipients else { return answerHarmless(.tooManyRecipients) }
            if let reply = admission.refusal(path, known.reversePath, info) {
                brake.noteRefusedRecipient()
                throw Refusal(reply)
            }
            envelope?.recipients.append(path)
            return answer(.recipientOk)
        } catch {
            hasRefusedRecipients = true
            return answer(error.reply, slowly: brake.isGuessing)
        }
    }

    private mutating func data(_ rest: ArraySlice<UInt8>) -> Action {
        guard rest.isEmpty else { return answer(.noArgument) }
        if let refusal = refusalOfContent { return answer(refusal) }
        guard chunking == .none else { return answer(.badSequence) }
        return .startMail(.startMail)
    }

    /// Why no message may follow now.
    var refusalOfContent: SMTPReply? {
        guard let envelope else { return .badSequence }
        guard envelope.recipients.isEmpty else { return nil }
        return hasRefusedRecipients ? .noRecipients : .badSequence
    }

    private mutating func restart() -> Action {
        reset()
        return answerHarmless(.ok)
    }

    /// Forgets the transaction.
    mutating func reset() {
        envelope = nil
        hasRefusedRecipients = false
        chunking = .none
        nameProtocol()
    }

    /// RFC 3848; after HELO there is no name for what came inside TLS.
    private mutating func nameProtocol() {
        guard isExtended else { return info.with = "SMTP" }
        info.with =
            (envelope?.usesSMTPUTF8 == true ? "UTF8SMTP" : "ESMTP") + (info.isEncrypted ? "S" : "")
            + (info.authenticatedUser != nil ? "A" : "")
    }

    // MARK: Answers

    /// An error counts; the one that is too many ends the session.
    mutating func answer(_ reply: SMTPReply, slowly: Bool = false) -> Action {
        brake.note(reply)
        if brake.isPulled { return .close([reply, .tooManyErrors]) }
        return slowly ? .slowReply(reply) : .reply(reply)
    }

    /// Commands that do no harm count as errors beyond a limit of their own.
    private mutating func answerHarmless(_ reply: SMTPReply) -> Action {
        guard !reply.isError || reply == .tooManyRecipients else { return answer(reply) }
        brake.noteHarmless()
        return brake.isPulled ? .close([reply, .tooManyErrors]) : .reply(reply)
    }
}
