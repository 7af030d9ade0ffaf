/// A command that is not done, with the answer to it.
struct Refusal: Error {
    var reply: SMTPReply

    init(_ reply: SMTPReply) { self.reply = reply }
}

/// Reads what stands behind MAIL and RCPT (RFC 5321 sections 4.1.1.2 and 4.1.1.3).
enum MailCommand {
    /// The envelope that MAIL begins.
    static func sender(
        _ argument: ArraySlice<UInt8>, isExtended: Bool, offersAuthentication: Bool, limits: SMTPLimits
    ) throws(Refusal) -> Envelope {
        let (path, parameters) = try path(argument, behind: "FROM:", orElse: .badSender)
        // Only as a recipient does postmaster need no domain.
        guard path.isNull || !path.domain.isEmpty else { throw Refusal(.badSender) }
        guard isExtended || parameters.isEmpty else { throw Refusal(.unknownParameter) }
        var envelope = Envelope(reversePath: path)
        try MailParameters.read(parameters, into: &envelope, offersAuthentication: offersAuthentication, limits: limits)
        guard path.isASCII || envelope.usesSMTPUTF8 else { throw Refusal(.needsSMTPUTF8Sender) }
        return envelope
    }

    /// The recipient that RCPT names; there are no parameters of it.
    static func recipient(_ argument: ArraySlice<UInt8>, isInternational: Bool) throws(Refusal) -> MailPath {
        let (path, parameters) = try path(argument, behind: "TO:", orElse: .badRecipient)
        guard !path.isNull else { throw Refusal(.badRecipient) }
        guard parameters.isEmpty else { throw Refusal(.unknownParameter) }
        guard path.isASCII || isInternational else { throw Refusal(.needsSMTPUTF8Recipient) }
        return path
    }

    private static func path(
        _ argument: ArraySlice<UInt8>, behind word: String, orElse reply: SMTPReply
    ) throws(Refusal) -> (MailPath, ArraySlice<UInt8>) {
        guard !argument.holdsControls else { throw Refusal(.badParameter) }
        guard argument.begins(with: word) else { throw Refusal(reply) }
        var parser = PathParser(argument.dropFirst(word.utf8.count))
        do {
            let path = try parser.path()
            return (path, parser.rest)
        } catch {
            throw Refusal(error == .notUTF8 ? .badParameter : reply)
        }
    }
}
