package import Mail

extension Letter {
    /// What a visitor filled in on a website, where it was the website that sent this; `nil` for what a person wrote.
    ///
    /// The website writes from an address that nobody reads, one that is called after it, or one of the forwarder's house; from
    /// any other, or in the visitor's name, where nothing but the fields of a form stands in the mail.
    package var webForm: WebForm? {
        if isOfWebsite || isOfMachine { return WebForm(self) }
        // Most mails hold neither an address nor a label for one, and that is seen at once.
        let octets = text.utf8
        guard octets.contains(UInt8(ascii: "@")),
            ["mail", "Mail", "MAIL", "post"].contains(where: { octets.contains(octets: $0.utf8) }),
            let form = WebForm(self)
        else { return nil }
        return form.count > 2 && form.address != nil && !form.isLetter ? form : nil
    }

    /// Whether the sender's address is one that websites write from.
    package var isOfWebsite: Bool {
        original.from.map { $0.isUnattended || Self.websites.contains($0.localPart.plain) } ?? false
    }

    /// Whether a machine sent it, or somebody of the house that sends it on: nobody to be answered.
    var isOfMachine: Bool {
        guard let sender = original.from else { return false }
        return sender.isUnattended || forwarder.map { $0.domainName == sender.domainName } ?? false
    }

    /// Who wrote: the visitor who filled in a form, else the sender.
    package var writer: Mailbox? {
        webForm.flatMap { form in form.address.map { Mailbox(name: form.name, spec: $0.text) } } ?? original.from
    }

    /// Where the writer's address stands.
    var writerEvidence: Evidence {
        if let form = webForm?.address {
            return evidence(form.text, offset: form.offset, length: form.text.utf8.count, in: form.section)
        }
        let address = content(of: .sender)
        return evidence(address, offset: 0, length: address.utf8.count, in: .sender)
    }

    /// Whose address stands for the lead's company from now on, once that is certain: nobody's where a machine sends for
    /// all who use it.
    package var introducible: Mailbox? {
        original.from.flatMap { $0.isUnattended || webForm != nil ? nil : $0 }
    }

    private static let websites: Set<String> = [
        "web", "website", "websites", "webmaster", "webform", "webforms", "webformular", "webshop", "www", "wwwdata",
        "wordpress", "wp", "cms", "form", "forms", "formsubmission", "formsubmissions", "submission", "submissions",
        "formular", "formularer", "kontaktformular", "contactform", "hjemmeside", "hjemmesiden", "apache", "nginx",
        "nobody", "notification", "notifications", "notify", "notifikation", "notifikationer", "mailer", "smtp",
        "system", "server",
    ]
}

extension Substring {
    /// Small letters without the signs between them.
    fileprivate var plain: String { lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." } }
}
