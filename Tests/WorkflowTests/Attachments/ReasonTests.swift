import Correspondence
import Extraction
import Foundation
import Mail
import Rules
import TestSupport
import Testing
import Understanding

@testable import Workflow

/// Why a file was not read, in the words of the summary.
@Suite("Reasons for what is not read")
struct ReasonTests {
    @Test("every reason of the reader has words of its own in both languages")
    func words() throws {
        let book = try RuleBook(try RuleFolder.load(Repository.rules))
        for (text, unread) in [
            ("Hej Jonas, hvad koster det? Vi har mange bilag.", "Behov.pdf er ikke læst: "),
            ("Hi Jonas, what does it cost? We have a lot of them.", "Behov.pdf was not read: "),
        ] {
            let mail = "From: mly@vestklit.example\r\nSubject: Behov\r\n\r\n\(text)\r\n"
            let letter = try Letter(Array(mail.utf8), reading: ReadingOptions())
            var reasons: Set<String> = []
            for code in AttachmentReading.Reason.Code.allCases {
                var background = Consideration.Background()
                background.attachments = [
                    ReadAttachment(
                        Letter.Attachment(
                            filename: "Behov.pdf", contentType: "application/pdf", size: 1, sha256: "", inline: false),
                        outcome: .unreadable, reason: .init(code: code.rawValue, sentence: "?"))
                ]
                let summary = Consideration(
                    letter: letter, link: .init(status: .none), readings: [], background: background, rules: book.rules,
                    now: Date()
                ).summary(leadReference: nil, quoteNumber: nil, publicURL: nil)
                let words = summary.compose(book.templates, rules: book.rules).text.replacing("\n", with: " ")
                let reason = words.components(separatedBy: unread).dropFirst().first?.prefix { $0 != "." } ?? ""
                reasons.insert(reason.split(separator: " ").joined(separator: " "))
                #expect(!reason.isEmpty && !reason.contains("?") && !reason.contains("kunne ikke læses"), "\(code)")
            }
            #expect(reasons.count == AttachmentReading.Reason.Code.allCases.count)
        }
    }
}
