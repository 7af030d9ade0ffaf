import Understanding
import WireFormat

/// The report of a mail, to be read in a terminal.
struct LetterText: CustomStringConvertible {
    private let report: LetterReport

    init(_ report: LetterReport) { self.report = report }

    var description: String {
        var rows: [(String, String)] = [("File", report.file), ("Kind", kind)]
        rows.append(("From", address(report.original.from)))
        rows.append(("Subject", report.original.subject))
        if let date = report.original.date?.description ?? report.original.dateText { rows.append(("Date", date)) }
        if let forwarder = report.forwarder { rows.append(("Forwarded by", address(forwarder))) }
        if !report.note.isEmpty { rows.append(("Note", report.note)) }
        if let below = report.noteBelow { rows.append(("Below", below)) }
        rows.append(("CVR", link))
        // Of a web form, that of the visitor.
        let other = report.contact.address == report.original.from?.address ? nil : report.contact.address
        let contact = [report.contact.name, report.contact.title, other, report.contact.phone].compactMap { $0 }
        if !contact.isEmpty { rows.append(("Contact", contact.joined(separator: ", "))) }
        let place = [report.company.postcode, report.company.town].compactMap { $0 }.joined(separator: " ")
        let company = [report.company.name, report.company.street, place].compactMap { $0 }.filter { !$0.isEmpty }
        if !company.isEmpty { rows.append(("Company", company.joined(separator: ", "))) }
        if !report.text.isEmpty { rows.append(("Text", report.text)) }
        for exchange in report.exchanges {
            rows.append(("Question", exchange.question))
            rows.append(("Answer", exchange.answer))
        }
        if !report.signature.isEmpty { rows.append(("Signature", report.signature)) }
        for mail in report.enclosures {
            rows.append(("Also attached", "a mail of \(address(mail.original.from)): \(mail.original.subject)"))
        }
        for attachment in report.attachments {
            let name = attachment.filename ?? "(no name)"
            let what = attachment.reason ?? (attachment.text.map { "\($0.utf8.count) octets of text" })
            rows.append(
                (
                    "Attachment",
                    ["\(name), \(attachment.contentType), \(attachment.size) octets", what].compactMap { $0 }
                        .joined(separator: ": ")
                ))
        }
        if let meeting = report.invitation { rows.append(("Meeting", meeting.words)) }
        for recipient in report.report?.recipients ?? [] {
            let words = [recipient.action, recipient.status, recipient.words].compactMap { $0 }
            rows.append(("Delivery", "\(recipient.address): \(words.joined(separator: ", "))"))
        }
        if let receipt = report.receipt {
            rows.append(("Receipt", "\(receipt.action) by \(receipt.recipient ?? "unknown")"))
        }
        if !report.protection.isEmpty { rows.append(("Protection", report.protection.joined(separator: ", "))) }
        for fact in report.facts {
            rows.append(("Fact", "\(fact.name) = \(fact.value)\(fact.unit.map { " " + $0 } ?? "")  \"\(fact.text)\""))
        }
        rows.append(("Automatic reply", "\(report.autoReplyAllowed ? "allowed" : "no"): \(report.autoReplyReason)"))
        if !report.defects.isEmpty { rows.append(("Defects", report.defects.joined(separator: "; "))) }
        return rows.map { Self.row($0.0, $0.1) }.joined(separator: "\n") + "\n"
    }

    private var kind: String {
        report.kind + (report.language.map { ", language \($0)" } ?? "")
            + (report.forwardDepth > 0 ? ", forwarded \(report.forwardDepth)x" : "")
    }

    private var link: String {
        let cvr = report.cvr
        var text = cvr.number.map { "\($0) (\(cvr.confidence ?? "?") confidence)" } ?? cvr.status
        if let evidence = cvr.evidence {
            text += ", from \"\(evidence.text)\" in \(evidence.attachment ?? "the \(evidence.section)")"
        }
        for candidate in cvr.candidates where candidate.number != cvr.number {
            let why = candidate.own ? "our own" : candidate.valid ? "not linked" : "fails modulus 11"
            text += "\nalso seen: \"\(candidate.text)\" (\(why))"
        }
        return text
    }

    private func address(_ address: LetterReport.Address?) -> String {
        guard let address else { return "unknown" }
        return address.name.map { "\($0) <\(address.address)>" } ?? address.address
    }

    /// A label, and the text beside it with its further lines set in.
    private static func row(_ label: String, _ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let indent = String(repeating: " ", count: 17)
        let head = label + String(repeating: " ", count: max(1, 17 - label.count))
        return head + lines.joined(separator: "\n" + indent)
    }
}
