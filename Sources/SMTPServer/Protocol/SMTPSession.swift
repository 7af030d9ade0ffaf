/// What is asked before a message may begin, and before a recipient is accepted.
struct Admission {
    /// Whether one more message may begin now.
    var mayBegin: () -> Bool
    /// Decides a recipient: `nil` accepts it.
    var refusal: (MailPath, MailPath, SessionInfo) -> SMTPReply?
}

/// The commands of one session (RFC 5321 section 4.1): a value without sockets or clock.
struct SMTPSession {
    /// What is done about a command.
    enum Action: Equatable {
        case reply(SMTPReply)
        /// Reply, but not at once.
        case slowReply(SMTPReply)
        /// Reply, and read the message.
        case startMail(SMTPReply)
        /// Reply, and end the session.
        case close([SMTPReply])
    }

    private let hostname: String
    private let limits: SMTPLimits
    private(set) var info: SessionInfo
    private(set) var envelope: Envelope?
    private var hasGreeted = false
    private var isExtended = false
    private var hasRefusedRecipients = false
    private var brake: ErrorBrake
    private var isFirstLine = true

    init(hostname: String, limits: SMTPLimits, remoteAddress: String) {
        self.hostname = hostname
        self.limits = limits
        brake = ErrorBrake(limits: limits)
        info = SessionInfo(remoteAddress: remoteAddress, heloName: "", with: "SMTP")
    }

    var greeting: SMTPReply { SMTPReply(220, nil, "\(hostname) ESMTP") }

    /// A line without its CRLF.
    mutating func receive(_ line: ArraySlice<UInt8>, _ admission: Admission) -> Action {
        defer { isFirstLine = false }
        if isFirstLine, ForeignProtocol.opens(line) { return .close([.notSMTP]) }
        guard !line.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else { return answer(.badLine) }
        let verb = line.prefix { $0 != 0x20 }
        let rest = line[verb.endIndex...].trimmingSpaces
        switch String(decoding: verb, as: UTF8.self).uppercased() {
        case "EHLO": return answerHarmless(greet(rest, extended: true))
        case "HELO": return answerHarmless(greet(rest, extended: false))
        case "MAIL": return answer(mail(rest, admission))
        case "RCPT": return recipient(rest, admission)
        case "DATA": return data(rest)
        case "RSET": return rest.isEmpty ? restart() : answer(.noArgument)
        case "NOOP": return answerHarmless(.ok)
        case "HELP": return answerHarmless(.help)
        case "VRFY": return answerHarmless(rest.isEmpty ? .needsArgument : .cannotVerify)
        case "QUIT": return rest.isEmpty ? .close([.goodbye]) : answer(.noArgument)
        case "AUTH": return answer(hasGreeted ? .notImplemented : .badSequence)
        case "BDAT", "STARTTLS", "EXPN", "ETRN", "TURN", "SEND", "SAML", "SOML": return answer(.notImplemented)
        default: return answer(.unknownCommand)
        }
    }

    /// A line that went beyond the limit; its rest was thrown away.
    mutating func receiveTooLong() -> Action {
        isFirstLine = false
        return answer(.lineTooLong)
    }

    /// The message was answered; the next one may begin.
    mutating func finishMessage(_ reply: SMTPReply) -> Action {
        reset()
        guard reply.code != SMTPReply.shutdown.code else { return .close([reply]) }
        if !reply.isError { brake.release() }
        return answer(reply)
    }

    // MARK: Commands

    private mutating func greet(_ rest: ArraySlice<UInt8>, extended: Bool) -> SMTPReply {
        guard !rest.isEmpty else { return .needsArgument }
        let name = rest.prefix { $0 != 0x20 }
        guard name.count <= 255, !rest.holdsControls, let text = String(validating: name, as: UTF8.self) else {
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

    private mutating func mail(_ rest: ArraySlice<UInt8>, _ admission: Admission) -> SMTPReply {
        guard hasGreeted, envelope == nil else { return .badSequence }
        do throws(Refusal) {
            let new = try MailCommand.sender(rest, isExtended: isExtended, limits: limits)
            guard admission.mayBegin() else { return .tooManyMessages }
            envelope = new
            if new.usesSMTPUTF8 { info.with = "UTF8SMTP" }
            return .senderOk
        } catch {
            return error.reply
        }
    }

    private mutating func recipient(_ rest: ArraySlice<UInt8>, _ admission: Admission) -> Action {
        guard let known = envelope else { return answer(.badSequence) }
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
        guard let envelope else { return answer(.badSequence) }
        guard !envelope.recipients.isEmpty else { return answer(hasRefusedRecipients ? .noRecipients : .badSequence) }
        return .startMail(.startMail)
    }

    private mutating func restart() -> Action {
        reset()
        return answerHarmless(.ok)
    }

    private mutating func reset() {
        envelope = nil
        hasRefusedRecipients = false
        if isExtended { info.with = "ESMTP" }
    }

    // MARK: Answers

    /// An error counts; the one that is too many ends the session.
    private mutating func answer(_ reply: SMTPReply, slowly: Bool = false) -> Action {
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
