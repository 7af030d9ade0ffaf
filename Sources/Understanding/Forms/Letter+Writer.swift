package import Mail

extension Letter {
    /// What a visitor filled in on a website, where it was the website that sent this; `nil` for what a person wrote.
    ///
    /// The website writes from an address that nobody reads, one that is called after it, or one of the forwarder's house; from
    /// any other where nothing but the fields of a form stands in the mail. In the sender's own name it may also be what a person
    /// lists of themselves (``passedOnForm``).
    package var webForm: WebForm? {
        if isOfWebsite || isOfHouse { return WebForm(self) }
        // Most mails hold neither an address nor a label for one, and that is seen at once.
        let octets = text.utf8
        guard octets.contains(UInt8(ascii: "@")),
            ["mail", "Mail", "MAIL", "post"].contains(where: { octets.contains(octets: $0.utf8) }),
            let form = WebForm(self)
        else { return nil }
        guard form.count > 2, form.address != nil, !form.isLetter || isOwn(form) else { return nil }
        return form
    }

    /// Whether the sender's address is one that websites write from.
    package var isOfWebsite: Bool {
        isOfMachine || original.from.map { Self.websites.contains($0.localPart.plain) } ?? false
    }

    /// Whether a machine sent it, for whoever uses it: nobody reads that address, or it is called after the machine.
    var isOfMachine: Bool {
        original.from.map { $0.isUnattended || Self.machines.contains($0.localPart.plain) } ?? false
    }

    /// Whether one of our own, or our website, wrote what one of us sends on; at a public provider anybody writes.
    var isOfHouse: Bool {
        guard let forwarder, let sender = original.from, !PublicMailProviders.includes(sender.domain) else {
            return false
        }
        return forwarder.domainName == sender.domainName
    }

    /// Who wrote: the visitor who filled in a form, else the sender.
    package var writer: Mailbox? {
        webForm.flatMap { form in form.address.map { Mailbox(name: form.name, spec: $0.text) } } ?? original.from
    }

    /// A form that somebody else sends than filled it in: a person may list their own data as well.
    var passedOnForm: WebForm? { webForm.flatMap { isPassedOn($0) ? $0 : nil } }

    func isPassedOn(_ form: WebForm) -> Bool { isOfWebsite || !isOwn(form) }

    /// Whether the address in a form is the sender's.
    private func isOwn(_ form: WebForm) -> Bool {
        form.address.map { Mailbox(name: nil, spec: $0.text).comparable == original.from?.comparable } ?? false
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
        isOfMachine || passedOnForm != nil ? nil : original.from
    }

    private static let websites: Set<String> = [
        "web", "website", "websites", "webmaster", "webform", "webforms", "webformular", "webshop", "www", "wordpress",
        "wp", "cms", "form", "forms", "formsubmission", "formsubmissions", "submission", "submissions", "formular",
        "formularer", "kontaktformular", "contactform", "hjemmeside", "hjemmesiden",
    ]
    private static let machines: Set<String> = [
        "wwwdata", "apache", "nginx", "nobody", "notification", "notifications", "notify", "notifikation",
        "notifikationer", "alert", "alerts", "overvågning", "overvaagning", "voicemail", "telefonsvarer", "mailer",
        "smtp", "system", "server",
    ]
}

extension Substring {
    /// Small letters without the signs between them.
    fileprivate var plain: String { lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." } }
}
