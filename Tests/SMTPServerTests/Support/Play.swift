import Cryptography
import Hosts
import NIOCore

@testable import SMTPServer

/// Speaks with a conversation as the handler does, without a socket.
struct Play {
    static let hostname = "mx.fjordtek.example"

    private var conversation: SMTPConversation
    private(set) var answers: [String] = []
    private(set) var stored: [[UInt8]] = []
    private(set) var envelopes: [Envelope] = []
    private(set) var withs: [String] = []
    private(set) var slowAnswers = 0
    private var content: [UInt8] = []
    private let admission: Admission
    /// The answer to messages.
    var receipt = SMTPReply.accepted(id: "1")

    init(
        limits: SMTPLimits = SMTPLimits(), terms: SessionTerms = SessionTerms(), isEncrypted: Bool = false,
        mayBegin: @escaping () -> Bool = { true }
    ) {
        conversation = SMTPConversation(
            hostname: Self.hostname, limits: limits, terms: terms, remoteAddress: "192.0.2.7")
        if isEncrypted { conversation.beginTLS(TLSSession(version: "TLSv1.3")) }
        admission = Admission(mayBegin: mayBegin, refusal: { recipient, _, _ in House.refusal(of: recipient) })
        perform(conversation.greet())
    }

    mutating func send(_ octets: some Collection<UInt8>) {
        conversation.receive(ByteBuffer(bytes: octets))
        while true {
            var piece: [UInt8] = []
            let step = conversation.next(admission) { piece += $0 }
            content += piece
            if step == .wait { return }
            perform(step)
        }
    }

    private mutating func perform(_ step: SMTPConversation.Step) {
        switch step {
        case .wait, .keepMessage: break
        case .reply(let reply): answer(reply)
        case .slowReply(let reply):
            slowAnswers += 1
            answer(reply)
        case .beginMessage(let reply):
            content = []
            if let reply { answer(reply) }
        case .ask(let question): perform(conversation.answer(House.answer(to: question)))
        case .startTLS(let reply):
            answer(reply)
            answers.append("TLS")
        case .endMessage(let fault):
            if fault == nil, let envelope = conversation.session.envelope {
                stored.append(content)
                envelopes.append(envelope)
                withs.append(conversation.session.info.with)
            }
            perform(conversation.finishMessage(fault?.reply ?? receipt))
        case .close(let replies):
            for reply in replies { answer(reply) }
            answers.append("END")
        }
    }

    private mutating func answer(_ reply: SMTPReply) {
        var buffer = ByteBuffer()
        reply.write(to: &buffer)
        answers += String(buffer: buffer).split(separator: "\r\n").map(String.init)
    }
}

/// Which passwords and recipients the tests' house takes.
enum House {
    static func answer(to question: SASLQuestion) -> SASLAnswer {
        switch question {
        case .password("nede", _): .unavailable
        case .password("salg", "hemmelig"): .accepted(user: "salg")
        case .password, .credentials: .refused
        }
    }

    static func refusal(of recipient: MailPath) -> SMTPReply? {
        if recipient.localPart.lowercased() == "postmaster", ["", "fjordtek.example"].contains(recipient.domain) {
            return nil
        }
        guard ["fjordtek.example", "[192.0.2.1]"].contains(DomainName.comparable(recipient.domain)) else {
            return DomainName.comparable(recipient.domain) == "xn--blbr-roah.example" ? nil : .relayDenied
        }
        return ["leads", "søren", "p\u{E5}l", "a \"quoted\" name"].contains(recipient.subaddress.base)
            ? nil : .unknownMailbox
    }
}

/// Knows the passwords of one.
struct Keeper: SMTPAuthenticator {
    struct Away: Error {}

    /// All under one salt, as the protocol asks.
    var passwords = ["hemmelig"]

    func credentials(of user: String) async throws -> [SCRAMKeys] {
        guard user != "nede" else { throw Away() }
        guard user == "salg" else { return [] }
        return passwords.map { SCRAMKeys(password: $0, salt: Array("a salt of the user".utf8), iterations: 4096) }
    }
}
