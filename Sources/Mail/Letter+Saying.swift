extension Letter {
    /// What a person said to us at another door than mail, such as a chat, in the form that everything is understood in.
    ///
    /// `text` and `signature` are as they are to be stored: valid UTF-8 in NFC, lines that end with `\n`.
    package init(
        saying text: String, signature: String, by person: Mailbox?, at date: LetterDate, language: String?,
        bodyHash: String, autoReply: AutoReply
    ) {
        self.init(
            messageID: nil, inReplyTo: [], references: [], from: person.map { [$0] } ?? [], replyTo: [], to: [], cc: [],
            subject: "", date: date, form: .direct, nature: .person, forwarder: nil, note: "", forwarderSignature: "",
            original: Original(from: person, date: date), forwardDepth: 0, text: text, quoted: "", signature: signature,
            language: language, textPart: "text/plain", attachments: [], autoReply: autoReply, bodyHash: bodyHash,
            defects: [])
        hidePersonalNumbers()
    }
}
