import Foundation

/// A plain mail as anybody's mail program writes it.
package struct PlainMail: Sendable {
    package var from = "Jonas Holm <jh@fjordtek.example>"
    package var to = "leads@fjordtek.example"
    package var cc: String?
    package var subject = "Hej"
    package var messageID: String
    package var inReplyTo: String?
    /// As it stands in the header; what is answered when there is none.
    package var references: String?
    package var date = "Tue, 24 Nov 2026 10:15:00 +0100"
    package var text: String

    /// `id`: what stands before the @ of its Message-ID.
    package init(_ id: String, text: String) {
        messageID = "<\(id)@fjordtek.example>"
        self.text = text
    }

    /// A Danish forward of what somebody outside wrote.
    package static func forward(_ id: String, note: String = "", of text: String, by sender: String) -> PlainMail {
        var mail = PlainMail(
            id,
            text: """
                \(note)
                Mvh Jonas

                Fra: \(sender)
                Sendt: 23. november 2026 14:37
                Til: Jonas Holm <jh@fjordtek.example>
                Emne: Vores bilag

                \(text)
                """)
        mail.subject = "VS: Vores bilag"
        return mail
    }

    package var octets: [UInt8] {
        let fields = [
            "From: \(from)", "To: \(to)", cc.map { "Cc: \($0)" }, "Subject: \(subject)", "Date: \(date)",
            "Message-ID: \(messageID)", inReplyTo.map { "In-Reply-To: \($0)\nReferences: \(references ?? $0)" },
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
        ]
        let mail = fields.compactMap { $0 }.joined(separator: "\n") + "\n\n" + text + "\n"
        return Array(mail.replacing("\n", with: "\r\n").utf8)
    }
}
