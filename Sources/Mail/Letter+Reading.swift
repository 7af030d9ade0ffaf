import Cryptography

extension Letter {
    /// Reads a mail from its octets (RFC 5322, 2045).
    ///
    /// Broken mail is read as far as it goes, with what was found among ``defects``; only octets without a single header
    /// field are refused. Takes time in proportion to the octets; the same octets and options give the same letter.
    package init(_ octets: [UInt8], reading options: ReadingOptions) throws(UnreadableMail) {
        guard !octets.isEmpty else {
            throw UnreadableMail(title: "empty", detail: "the file has no octets")
        }
        var reader = MIMEReader(options)
        guard let message = reader.read(octets), !message.fields.isEmpty else {
            throw UnreadableMail(
                title: "not a mail",
                detail: "no header field such as \"From:\" at the start of \(octets.count) octets")
        }
        let unwrapped = Unwrapped(message, options: options)
        let warning = Notices.warning(unwrapped.lines)
        let reply = ReplyText(Array(unwrapped.lines[warning...]), of: unwrapped.original.from?.name)
        var signature = SignatureText(reply.new, below: reply.lastQuestion, of: unwrapped.original.from?.name)
        let text = signature.body + signature.takePostscript()
        let own = reply.exchanges.isEmpty ? text : text.filter { !$0.isQuotation }[...]
        let report = DeliveryReport(message, returnPath: options.returnPath)
        let nature = NatureOfMail(
            message, text: unwrapped.form == nil ? own.joinedText : nil, isReport: report != nil,
            returnPath: options.returnPath)
        let protection = message.root.protection
        let isReply =
            !message.replyReferences.isEmpty || SubjectPrefixes.meaning(of: message.subject) == .reply
        self.init(
            messageID: message.messageID, inReplyTo: message.replyReferences,
            references: message.references,
            from: message.from, replyTo: message.replyTo, to: message.to, cc: message.cc,
            subject: message.subject,
            date: message.date, form: unwrapped.form ?? (isReply ? .reply : .direct),
            nature: nature.nature,
            forwarder: unwrapped.form == nil
                ? Redirection.sender(of: message, options: options) : message.from.first,
            note: unwrapped.note.body.joinedText,
            noteBelow: unwrapped.below.contains { !$0.isBlank } ? unwrapped.below.joinedText : nil,
            forwarderSignature: unwrapped.note.signature.joinedText, original: unwrapped.original,
            forwardDepth: unwrapped.depth, text: text.joinedText, exchanges: reply.exchanges,
            quoted: (unwrapped.lines[..<warning] + [TextLine(octets: [])] + reply.quoted).joinedText,
            signature: signature.signature.joinedText,
            language: Language.ofFields(own) ?? Language.detect(own.allSatisfy(\.isBlank) ? unwrapped.lines[...] : own),
            textPart: unwrapped.part, enclosures: unwrapped.enclosures,
            attachments: AttachmentList.collect(message.root),
            autoReply: nature.autoReply, report: report, receipt: message.root.receipt,
            invitation: message.root.invitation,
            protection: protection.isEmpty ? nil : protection,
            bodyHash: Self.bodyHash(of: octets), mark: message.mark,
            defects: reader.defects + Peculiarities.all(message))
        hidePersonalNumbers()
    }

    /// ``bodyHash`` of a mail's octets.
    package static func bodyHash(of octets: [UInt8]) -> String { SHA256.hash(BodyOctets.of(octets)).hex }
}

extension MIMEMessage {
    fileprivate var replyReferences: [String] {
        field("In-Reply-To").map { MessageIDs.all($0) } ?? []
    }
    fileprivate var mark: String? { field("X-Brevdue-Id").map { String($0.prefix(64)) } }
    fileprivate var references: [String] { field("References").map { MessageIDs.all($0) } ?? [] }
}

/// The octets below the header.
enum BodyOctets {
    static func of(_ octets: [UInt8]) -> ArraySlice<UInt8> {
        let index = octets.withUnsafeBufferPointer { octets in
            var index = 0
            while index < octets.count {
                let line = index
                index = OctetSearch.lineEnd(octets, from: index)
                // What stands behind the last line end is no line.
                guard octets[index - 1] == 0x0A else { return line }
                if octets[line] == 0x0A || octets[line] == 0x0D && index == line + 2 { break }
            }
            return index
        }
        return octets[index...]
    }
}
