import CVR

/// What was read out of an attachment; evidence points into it as into the sections of the letter itself.
package struct AttachmentText: Hashable, Sendable, Codable {
    /// Place of the attachment among ``Letter/attachments``.
    package let place: Int
    /// With CPR numbers hidden, as everything that is kept.
    package let text: String

    package init(place: Int, text: String) {
        self.place = place
        self.text = PersonalNumbers.hidden(in: text)
    }

    /// Words that begin a paper of trade.
    private static let trade = [
        "faktura", "kreditnota", "ordrebekræftelse", "følgeseddel", "tilbud", "kvittering", "kontrakt", "aftale",
        "invoice",
        "credit note", "order confirmation", "delivery note", "quotation", "receipt", "contract", "agreement",
    ]
    private static let reach = 400

    /// Whether it is an invoice or another paper between two companies.
    var isTrade: Bool {
        let start = text.prefix(Self.reach).lowercased()
        return Self.trade.contains { start.contains($0) }
    }
}
