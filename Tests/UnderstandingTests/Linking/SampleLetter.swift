import CVR
import Understanding

@testable import Mail

extension Letter {
    /// A forward of Jonas Holm's with what a test is about.
    static func sample(
        text: String = "Hej Jonas\n\nVi vil gerne have en pris på en chatbot.", signature: String = "",
        note: String = "",
        quoted: String = "", subject: String = "Forespørgsel", outerSubject: String? = nil,
        forwarderSignature: String = "Mvh Jonas\nJonas Holm | Fjordtek ApS | CVR 94617308",
        from: Mailbox? = Mailbox(name: "Mette Lyngholm", address: "mly@vestklit.example"), form: Form = .forwardInline,
        nature: Nature = .person, textPart: String = "text/plain"
    ) -> Letter {
        let jonas = Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example")
        return Letter(
            messageID: "<1@fjordtek.example>", inReplyTo: [], references: [], from: form.isForward ? [jonas] : [],
            replyTo: [], to: [], cc: [], subject: outerSubject ?? subject, date: LetterDate(), form: form,
            nature: nature, forwarder: form.isForward ? jonas : nil, note: note,
            forwarderSignature: forwarderSignature, original: Original(from: from, subject: subject),
            forwardDepth: form.isForward ? 1 : 0, text: text, quoted: quoted, signature: signature, language: "da",
            textPart: textPart, attachments: [], autoReply: AutoReply(allowed: true, reason: ""), bodyHash: "",
            defects: [])
    }

    /// What is decided of it.
    func linked(_ known: Acquaintance = Acquaintance()) -> LinkDecision {
        LinkDecision.decide(letter: self, known: known, own: Set(["94617308"].compactMap { CVRNumber($0) }))
    }
}

extension Acquaintance {
    /// By digits, so that tables stay short.
    static func of(
        threads: [String] = [], address: [String] = [], domain: [String] = [], instruction: String? = nil,
        register: [RegisterEntry] = []
    ) -> Acquaintance {
        let numbers = { (digits: [String]) in Set(digits.compactMap { CVRNumber($0) }) }
        return Acquaintance(
            threads: numbers(threads), address: numbers(address), domain: numbers(domain),
            instruction: instruction.flatMap { CVRNumber($0) }, register: register)
    }
}
