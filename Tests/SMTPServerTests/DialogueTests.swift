import NIOCore
import Testing

@testable import SMTPServer

/// The dialogues of smtp-cases, with the conversation as a value: the octets may come in any pieces.
@Suite("SMTP dialogues")
struct DialogueTests {
    static let all = Dialogue.all.filter { !$0.isLive }

    @Test("are there")
    func areThere() {
        #expect(Dialogue.all.count > 100)
        #expect(Dialogue.all.allSatisfy { !$0.lines.isEmpty })
    }

    @Test("each is held as written", arguments: all)
    func inOnePiece(_ dialogue: Dialogue) {
        let play = played(dialogue, [dialogue.sent[...]])
        #expect(agree(play.answers, dialogue.expected), "\(play.answers)")
        #expect(dialogue.withs.isEmpty || play.withs == dialogue.withs)
        #expect(play.stored == dialogue.stored)
    }

    @Test("octet by octet it is the same", arguments: all)
    func octetByOctet(_ dialogue: Dialogue) {
        let octets = dialogue.sent
        let play = played(dialogue, octets.indices.map { octets[$0...$0] })
        #expect(agree(play.answers, dialogue.expected), "\(play.answers)")
        #expect(play.stored == dialogue.stored)
    }

    @Test("in two pieces it is the same, wherever they meet", arguments: all)
    func inTwoPieces(_ dialogue: Dialogue) {
        let octets = dialogue.sent
        let whole = played(dialogue, [octets[...]])
        // Of the longest lines not every place is tried.
        for place in stride(from: 1, to: octets.count, by: 1 + octets.count / 500) {
            let play = played(dialogue, [octets[..<place], octets[place...]])
            #expect(play.answers == whole.answers && play.stored == whole.stored, "cut at \(place)")
        }
    }

    private func played(_ dialogue: Dialogue, _ pieces: [ArraySlice<UInt8>]) -> Play {
        var play = Play(
            limits: dialogue.bounds, terms: dialogue.terms, isEncrypted: dialogue.port.contains("encrypted"))
        for piece in pieces { play.send(piece) }
        return play
    }
}

@Suite("An SMTP conversation")
struct ConversationTests {
    private static let opening = "EHLO client.example\r\n"
    private static let mail = "MAIL FROM:<kunde@example.org>\r\nRCPT TO:<leads@fjordtek.example>\r\nDATA\r\n"

    @Test("1: who speaks before the greeting is sent away", arguments: ["E", "EHLO client.example\r\n", "\u{16}"])
    func tooEarly(_ text: String) {
        var early = SMTPConversation(hostname: Play.hostname, limits: SMTPLimits(), remoteAddress: "192.0.2.7")
        early.receive(.init(string: text))
        #expect(early.greet() == .close([.tooEarly]))
        var conversation = SMTPConversation(hostname: Play.hostname, limits: SMTPLimits(), remoteAddress: "192.0.2.7")
        conversation.receive(.init(string: text))
        let admission = Admission(mayBegin: { true }, refusal: { _, _, _ in nil })
        #expect(conversation.next(admission) { _ in } == .close([.tooEarly]))
        #expect(conversation.next(admission) { _ in } == .wait)
    }

    @Test("the envelope holds what was said")
    func envelope() {
        var play = Play()
        play.send(Array(Self.opening.utf8))
        play.send(Array("MAIL FROM:<Kunde@Example.ORG> SIZE=12 BODY=8BITMIME\r\n".utf8))
        play.send(Array("RCPT TO:<leads+CVR12345678@FjordTek.example>\r\nRCPT TO:<nobody@fjordtek.example>\r\n".utf8))
        play.send(Array("DATA\r\nHej\r\n.\r\n".utf8))
        #expect(play.envelopes.map(\.reversePath.address) == ["Kunde@example.org"])
        #expect(play.envelopes.map { $0.recipients.map(\.address) } == [["leads+CVR12345678@fjordtek.example"]])
        #expect(play.envelopes.map(\.declaredSize) == [12])
    }

    @Test("45: after a refusal for now the session goes on")
    func temporaryRefusal() {
        var play = Play()
        play.send(Array((Self.opening + Self.mail).utf8))
        play.receipt = .storageUnavailable
        play.send(Array("Hej\r\n.\r\n".utf8))
        play.receipt = .accepted(id: "2")
        play.send(Array((Self.mail + "Hej\r\n.\r\n").utf8))
        let codes = play.answers.map { $0.prefix(3) }.filter { $0 != "250" }
        #expect(codes == ["220", "354", "451", "354"])
        #expect(play.answers.last == "250 2.0.0 Ok: stored as 2")
    }

    @Test("a receiver that is shutting down ends the session")
    func receiverEnds() {
        var play = Play()
        play.receipt = .shutdown
        play.send(Array((Self.opening + Self.mail + "Hej\r\n.\r\nNOOP\r\n").utf8))
        #expect(play.answers.suffix(2) == ["421 4.3.2 Shutting down; try again", "END"])
    }

    @Test("43: unknown recipients are answered slowly after the first five")
    func slowness() {
        var play = Play()
        play.send(Array((Self.opening + "MAIL FROM:<>\r\n").utf8))
        for expected in [0, 0, 0, 0, 0, 1, 2, 3] {
            play.send(Array("RCPT TO:<nobody@fjordtek.example>\r\n".utf8))
            #expect(play.slowAnswers == expected)
        }
    }

    @Test("43: a message beyond the rate is put off")
    func rate() {
        var play = Play(mayBegin: { false })
        play.send(Array((Self.opening + "MAIL FROM:<>\r\n").utf8))
        #expect(play.answers.last?.hasPrefix("451 4.7.1") == true)
    }
}
