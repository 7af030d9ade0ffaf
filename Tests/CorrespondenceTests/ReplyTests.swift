import Foundation
import Mail
import Testing
import Understanding

@testable import Correspondence
@testable import Mail

@Suite("Replies")
struct ReplyTests {
    private func reply(to letter: Letter) -> OutgoingMail {
        Reply.mail(
            TemplateSet.Draft(subject: "Emne", text: "Hej\n", html: "<p>Hej</p>"), answering: letter,
            from: Mailbox(name: "Brevdue", address: "leads@fjordtek.example"), to: letter.from[0],
            effectKey: EffectKey.make(answering: letter, kind: "sales_summary"), at: Fixture.instant)
    }

    @Test("the reply stands in the thread of the mail it answers, marked as automatic and as ours")
    func header() throws {
        let mail = reply(to: Fixture.letter())
        #expect(mail.inReplyTo == "<f01@fjordtek.example>")
        #expect(mail.references == ["<a@vestklit.example>", "<b@fjordtek.example>", "<f01@fjordtek.example>"])
        #expect(mail.fields.first { $0.name == "Auto-Submitted" }?.value == "auto-replied")
        #expect(mail.fields.first { $0.name == "X-Auto-Response-Suppress" }?.value == "All")
        let marker = try #require(mail.fields.first { $0.name == "X-Brevdue-Id" }?.value)
        #expect(marker.count == 32 && mail.messageID == "<\(marker).brevdue@fjordtek.example>")
        let letter = try Letter(mail.octets, reading: ReadingOptions(own: OwnPeople()))
        #expect(letter.to == [Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example")])
        #expect(letter.references == mail.references)
        #expect(letter.nature == .autoReply && !letter.autoReply.allowed)
    }

    @Test(
        "references follow RFC 5322 section 3.6.4",
        arguments: [
            (["<a@x.example>"], [], ["<a@x.example>", "<f01@fjordtek.example>"]),
            ([], ["<a@x.example>"], ["<a@x.example>", "<f01@fjordtek.example>"]),
            ([], ["<a@x.example>", "<b@x.example>"], ["<f01@fjordtek.example>"]), ([], [], ["<f01@fjordtek.example>"]),
            (["<f01@fjordtek.example>", "<a@x.example>"], [], ["<a@x.example>", "<f01@fjordtek.example>"]),
        ] as [([String], [String], [String])])
    func references(_ references: [String], _ inReplyTo: [String], _ expected: [String]) {
        var letter = Fixture.letter()
        (letter.references, letter.inReplyTo) = (references, inReplyTo)
        #expect(reply(to: letter).references == expected)
    }

    @Test("of a long thread the first id and the newest are kept")
    func longThread() {
        var letter = Fixture.letter()
        letter.references = (1...100).map { "<\($0)@x.example>" }
        let references = reply(to: letter).references
        #expect(references.count == 20)
        #expect(
            references.first == "<1@x.example>" && references[1] == "<83@x.example>"
                && references.last == "<f01@fjordtek.example>")
    }

    @Test("a mail without Message-ID is answered outside of any thread")
    func noMessageID() {
        var letter = Fixture.letter()
        letter.messageID = nil
        #expect(reply(to: letter).inReplyTo == nil && reply(to: letter).references == [])
    }

    @Test(
        "a From whose domain cannot stand in an id still gives a Message-ID",
        arguments: ["leads@bl\u{FFFD}.example", "leads", ""])
    func oddDomain(_ address: String) {
        let letter = Fixture.letter()
        let mail = Reply.mail(
            TemplateSet.Draft(subject: "", text: "", html: ""), answering: letter, from: Mailbox(address: address),
            to: letter.from[0], effectKey: [1, 2], at: Fixture.instant)
        #expect(mail.messageID == "<0102.brevdue@brevdue.invalid>")
        #expect(
            String(decoding: mail.octets, as: UTF8.self).contains("\r\nMessage-ID: <0102.brevdue@brevdue.invalid>\r\n"))
    }

    @Test("a From whose domain is beyond ASCII has it in A-labels, so that the mail is ASCII")
    func domainBeyondASCII() {
        let letter = Fixture.letter()
        let mail = Reply.mail(
            TemplateSet.Draft(subject: "", text: "", html: ""), answering: letter,
            from: Mailbox(address: "leads@blåbær.example"), to: Mailbox(address: "kim@bækgård.example"),
            effectKey: [1, 2], at: Fixture.instant)
        #expect(mail.messageID == "<0102.brevdue@xn--blbr-roah.example>")
        let text = String(decoding: mail.octets, as: UTF8.self)
        #expect(
            text.contains("From: <leads@xn--blbr-roah.example>") || text.contains("From: leads@xn--blbr-roah.example"))
        #expect(text.contains("kim@xn--bkgrd-orae.example") && mail.octets.allSatisfy { $0 < 0x80 })
    }

    @Test("the same cause gives the same octets")
    func isDeterministic() {
        let compose = {
            let summary = Fixture.summary()
            let letter = summary.dossier.letter
            return Reply.mail(
                Fixture.compose(summary), answering: letter, from: Mailbox(address: "leads@fjordtek.example"),
                to: letter.from[0],
                effectKey: EffectKey.make(answering: letter, kind: "sales_summary"), at: Fixture.instant
            ).octets
        }
        let first = compose()
        for _ in 0..<20 { #expect(compose() == first) }
    }
}

@Suite("Effect keys")
struct EffectKeyTests {
    /// Every change makes another effect.
    static let changes: [@Sendable (inout Letter, inout String, inout Int) -> Void] = [
        { letter, _, _ in letter.messageID = "<f02@fjordtek.example>" }, { letter, _, _ in letter.bodyHash = "01" },
        { letter, _, _ in letter.messageID = nil }, { _, kind, _ in kind = "guidance" },
        { _, _, revision in revision = 2 },
    ]

    @Test("a key is 32 octets and the same for the same cause")
    func isStable() {
        let key = EffectKey.make(answering: Fixture.letter(), kind: "sales_summary")
        #expect(key.count == 32)
        var twin = Fixture.letter()
        twin.subject = "rewritten on the way"
        #expect(EffectKey.make(answering: twin, kind: "sales_summary") == key)
    }

    @Test("another mail, body, kind or revision is another effect", arguments: Self.changes.indices)
    func differs(_ index: Int) {
        var (letter, kind, revision) = (Fixture.letter(), "sales_summary", 1)
        let key = EffectKey.make(answering: letter, kind: kind, revision: revision)
        Self.changes[index](&letter, &kind, &revision)
        #expect(EffectKey.make(answering: letter, kind: kind, revision: revision) != key)
    }

    @Test("mails without Message-ID are told apart by sender, date and body")
    func withoutMessageID() {
        var letter = Fixture.letter()
        letter.messageID = nil
        var other = letter
        other.from = [Mailbox(address: "ak@fjordtek.example")]
        var later = letter
        later.date.text = "Wed, 25 Nov 2026 08:52:11 +0100"
        let keys = [letter, other, later].map { EffectKey.make(answering: $0, kind: "k") }
        #expect(Set(keys).count == 3)
    }
}
