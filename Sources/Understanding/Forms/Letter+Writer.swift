package import Mail

extension Letter {
    /// What a visitor filled in on a website, where it was the website that sent this; `nil` for what a person sent.
    ///
    /// The website writes from an address that nobody reads, one that is called after it, or one of the forwarder's house.
    package var webForm: WebForm? {
        guard let sender = original.from,
            sender.isUnattended || Self.isWebsite(sender)
                || forwarder.map({ $0.domainName == sender.domainName }) ?? false
        else { return nil }
        return WebForm(content(of: .text))
    }

    /// Who wrote: the visitor who filled in a form, else the sender.
    package var writer: Mailbox? {
        webForm.flatMap { form in form.address.map { Mailbox(name: form.name, spec: $0.text) } } ?? original.from
    }

    /// Where the writer's address stands.
    var writerEvidence: Evidence {
        let form = webForm?.address
        let address = form?.text ?? content(of: .sender)
        return evidence(
            address, offset: form?.offset ?? 0, length: address.utf8.count, in: form == nil ? .sender : .text)
    }

    /// Whose address stands for the lead's company from now on, once that is certain: nobody's where a machine sends for
    /// all who use it.
    package var introducible: Mailbox? {
        original.from.flatMap { $0.isUnattended || webForm != nil ? nil : $0 }
    }

    private static let websites: Set<String> = [
        "web", "website", "websites", "webmaster", "webform", "webforms", "webformular", "webshop", "www", "wwwdata",
        "wordpress", "wp", "cms", "form", "forms", "formsubmission", "formsubmissions", "submission", "submissions",
        "formular", "formularer", "kontaktformular", "contactform",
        "hjemmeside", "hjemmesiden", "apache", "nginx", "nobody", "notification", "notifications", "notify",
        "notifikation", "notifikationer", "mailer", "system", "server",
    ]

    private static func isWebsite(_ sender: Mailbox) -> Bool {
        websites.contains(sender.localPart.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." })
    }
}
