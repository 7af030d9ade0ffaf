package import Chat
package import Mail

extension Letter {
    /// What the visitor said in some utterances of a chat, the first of them at the letter's date.
    ///
    /// The visitor's own words alone are the text: what a bot or one of our own people says is nobody's wish. What the
    /// visitor said of themselves stands where a mail has its signature.
    package init(_ utterances: [Transcript.Utterance], of transcript: Transcript) {
        let visitor = transcript.visitor
        let text = Dialogue(utterances, of: visitor).visitorText
        self.init(
            saying: text, signature: visitor.signature, by: visitor.mailbox,
            at: utterances.first.map { LetterDate($0.at) } ?? LetterDate(),
            language: Language.detect(text) ?? visitor.language, bodyHash: transcript.digest(of: utterances),
            autoReply: AutoReply(allowed: false, reason: "a chat is not answered by mail"))
    }
}

extension LetterDate {
    fileprivate init(_ moment: Moment) {
        self.init(instant: moment.instant, offset: moment.offset, text: moment.text, precision: .instant)
    }
}

extension Transcript.Visitor {
    /// The address, where it can be one.
    package var mailbox: Mailbox? {
        guard let written = email.map(Repair.line), let at = written.lastIndex(of: "@") else { return nil }
        let (local, domain) = (written[..<at], written[written.index(after: at)...])
        let isAddress =
            !local.isEmpty && !local.contains("@") && domain.contains(".")
            && !domain.hasPrefix(".") && !domain.hasSuffix(".")
            && !written.contains { $0.isWhitespace || "<>\",;()".contains($0) }
        return isAddress ? Mailbox(name: name.map(Repair.line), address: local + "@" + domain.lowercased()) : nil
    }

    /// What the visitor said of themselves, as the lines of a signature.
    fileprivate var signature: String {
        let lines = [
            name.map(Repair.line), company.map { "Firma: " + Repair.line($0) }, phone.map { "Tlf. " + Repair.line($0) },
            cvr.map { "CVR-nr. " + Self.bare(Repair.line($0)) },
        ]
        return lines.compactMap { $0 }.joined(separator: "\n")
    }

    /// The primary part of the locale, such as `da`.
    fileprivate var language: String? {
        let code = locale?.prefix { $0.isASCII && $0.isLetter }.lowercased() ?? ""
        return code.utf8.count == 2 ? code : nil
    }

    /// `DK 91 43 05 25` and the like as eight digits; anything else as it was written.
    private static func bare(_ number: String) -> String {
        let signs = number.uppercased().filter { !" .-:".contains($0) }
        let digits = ["DK", "CVRNR", "CVR"].reduce(signs[...]) { $0.hasPrefix($1) ? $0.dropFirst($1.count) : $0 }
        return digits.utf8.count == 8 && digits.allSatisfy { $0.isASCII && $0.isNumber } ? String(digits) : number
    }
}
