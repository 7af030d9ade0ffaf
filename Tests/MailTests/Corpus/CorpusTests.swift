import Foundation
import Testing

@testable import Mail

private struct Person: Decodable {
    var name: String?
    var address: String?

    /// What is compared where the name does not count.
    var key: String { address ?? name ?? "" }
}

extension Mailbox {
    fileprivate var key: String { address.isEmpty ? name ?? "" : address }
}

private func read(_ octets: [UInt8]) throws -> Letter { try Letter(octets, reading: ReadingOptions()) }

/// The floors are what was reached, so that no change takes anything back unseen.
@Suite(
    "The corpora of other mail programs",
    .enabled(if: Corpus.isThere, "there are no corpora beside the checkout, nor where CORPUS says"))
struct CorpusTests {
    private struct Forward: Decodable {
        var file: String
        var subjectLine: String?
        var forwarded: Bool
        var from: Person?
        var to: [Person]?
        var cc: [Person]?
        var subject: String?
        var date: String?
        var body: String?
        var message: String?
    }

    @Test("forwards are found, and every field of them")
    func forwards() throws {
        var score = Score()
        for expected in try Corpus.cases("forwards") as [Forward] {
            let body = try Corpus.octets("forwards", expected.file)
            let letter = try read(Corpus.mail(body, subject: expected.subjectLine))
            score.count("found", letter.form.isForward == expected.forwarded, of: expected.file)
            if expected.forwarded { Self.compare(letter, with: expected, in: &score) }
        }
        for field in ["found", "from", "subject", "to", "cc", "date", "text", "note"] {
            #expect(score.share(field) == 100, "\(field): \(score.missed)")
        }
    }

    private static func compare(_ letter: Letter, with expected: Forward, in score: inout Score) {
        let original = letter.original
        let from = (original.from?.name, original.from.map(\.address).flatMap { $0.isEmpty ? nil : $0 })
        score.count("from", from == (expected.from?.name, expected.from?.address), of: expected.file)
        score.count("subject", original.subject == expected.subject ?? "", of: expected.file)
        score.count("to", original.to.map(\.key).sorted() == (expected.to ?? []).map(\.key).sorted(), of: expected.file)
        score.count("cc", original.cc.map(\.key).sorted() == (expected.cc ?? []).map(\.key).sorted(), of: expected.file)
        if expected.date != nil { score.count("date", original.date.text != nil, of: expected.file) }
        let body = Corpus.squashed(expected.body)
        let text = Corpus.squashed(letter.text)
        let isWhole = text.utf8.count >= 60 || text == body || !(letter.signature + letter.quoted).isEmpty
        score.count("text", !text.isEmpty && body.hasPrefix(text) && isWhole, of: expected.file)
        score.count("note", Corpus.squashed(letter.note) == Corpus.squashed(expected.message), of: expected.file)
    }

    private struct Reply: Decodable {
        var file: String
        var kind: String
        var expectedReply: String?
        var expectedSignature: String?
    }

    @Test("replies are cut where their source cuts them")
    func replies() throws {
        var score = Score()
        for expected in try Corpus.cases("replies") as [Reply] {
            let raw = try Corpus.octets("replies", expected.file)
            let subtype = expected.kind == "html" ? "html" : "plain"
            let letter = try read(
                expected.kind == "eml" ? raw : Corpus.mail(raw, subject: "Re: x", subtype: subtype))
            let wanted = Corpus.squashed(expected.expectedReply)
            let signature = Corpus.squashed(expected.expectedSignature)
            let text = Corpus.squashed(letter.text)
            let whole = text + Corpus.squashed(letter.signature)
            let isRight = wanted == text || wanted == whole || !signature.isEmpty && wanted + signature == whole
            score.count("text", isRight, of: expected.file)
        }
        #expect(score.missed == [])
    }

    private struct Message: Decodable {
        struct Truth: Decodable {
            struct Part: Decodable { var name: String? }
            var from: [Person]?
            var subject: String?
            var attachments: [Part]?
        }
        var file: String
        var expected: Truth?
    }

    @Test("every message is answered, and with what it holds")
    func messages() throws {
        var score = Score()
        for expected in try Corpus.cases("mime") as [Message] {
            let octets = try Corpus.octets("mime", expected.file)
            let letter: Letter
            do throws(UnreadableMail) {
                letter = try Letter(octets, reading: ReadingOptions())
            } catch {
                score.count("answered", !error.detail.isEmpty, of: expected.file)
                continue
            }
            score.count("answered", true, of: expected.file)
            guard let truth = expected.expected else { continue }
            // The header of the mail itself: one of them is a forward, read as such.
            if let from = truth.from?.first {
                score.count("from", letter.from.map(\.key) == [from.key], of: expected.file)
            }
            if let subject = truth.subject {
                score.count("subject", Corpus.squashed(letter.subject) == Corpus.squashed(subject), of: expected.file)
            }
            let names = letter.attachments.map(\.filename)
            score.count(
                "attachments", (truth.attachments ?? []).allSatisfy { $0.name == nil || names.contains($0.name) },
                of: expected.file)
        }
        for field in ["answered", "from", "subject", "attachments"] {
            #expect(score.share(field) == 100, "\(field): \(score.missed)")
        }
    }
}
