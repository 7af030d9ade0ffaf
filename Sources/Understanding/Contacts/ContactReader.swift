package import Mail

/// Reads who wrote, and for which company, from the sender, the signature and our own note; pure.
package enum ContactReader {
    /// What they gave.
    package struct Reading: Hashable, Sendable {
        package var contact: Dossier.Contact
        package var company: Dossier.Company
    }

    package static func read(_ letter: Letter) -> Reading {
        if let form = letter.webForm {
            let told = read(form, of: letter)
            return letter.isPassedOn(form) ? told : readSignature(of: letter).completed(by: told)
        }
        return letter.isOfMachine || letter.isOfHouse ? readMachine(of: letter) : readSignature(of: letter)
    }

    /// Whom a machine or one of our own speaks for: the address is not theirs.
    private static func readMachine(of letter: Letter) -> Reading {
        var reading = readSignature(of: letter)
        let sender = SenderName(letter.original.from)
        let isPassedOn = letter.original.from?.name?.utf8.contains(octets: " via ".utf8) ?? false
        reading.contact.address = nil
        reading.contact.name = isPassedOn ? sender.person : nil
        if letter.isOfMachine, sender.company == nil {
            // What stands below is its maker's.
            reading = Reading(contact: Dossier.Contact(name: reading.contact.name), company: Dossier.Company())
        }
        // `Opkald fra: 10 40 50 33`
        let caller = FormEntries(letter.content(of: .text)[...]).values[.sender].flatMap(Phones.value)
        guard let caller else { return reading }
        (reading.contact.phone, reading.contact.fromForm) = (caller, ["phone"])
        return reading
    }

    /// What a form tells; the signature of such a mail is the website's as often.
    private static func read(_ form: WebForm, of letter: Letter) -> Reading {
        let given = [
            ("name", form.name), ("title", form.title), ("address", form.address?.text), ("phone", form.phone),
        ]
        let contact = Dossier.Contact(
            name: form.name, title: form.title, address: form.address?.text, phone: form.phone,
            fromForm: Set(given.filter { $0.1 != nil }.map(\.0)))
        let noted = { NoteCompany.read(letter.note, address: contact.address, own: letter.forwarder?.address) }
        let company = Dossier.Company(
            name: form.company ?? noted(), street: form.street, postcode: form.postcode, town: form.town)
        return Reading(contact: contact, company: company)
    }

    /// What sender and signature tell, down to where our own begins that was set below.
    private static func readSignature(of letter: Letter) -> Reading {
        let sender = SenderName(letter.original.from)
        var contact = Dossier.Contact(name: sender.person, address: letter.original.from?.address)
        var company = Dossier.Company()
        var titles: [String] = []
        let house = letter.forwarder.flatMap { NoteCompany.label($0.address) }
        for segment in SignatureSegments.all(in: letter.signature) {
            if let house, NoteCompany.isOfHouse(segment, house) { break }
            if let phone = Phones.read(segment) {
                contact.take(phone, for: \.phone, called: "phone")
            } else if let name = CompanyNames.read(segment) ?? CompanyNames.labelled(segment) {
                company.name = company.name ?? name
            } else if let place = Towns.read(segment) {
                if company.town == nil { (company.postcode, company.town) = place }
                // Both may stand in one line.
                if company.street == nil { company.street = Streets.read(segment) }
            } else if let street = Streets.read(segment) {
                company.street = company.street ?? street
            } else if let title = Titles.read(segment, besides: contact.name) {
                titles.append(title)
            } else if PersonNames.isName(segment) {
                contact.take(String(segment), for: \.name, called: "name")
            }
            // `Økonomichef, Vestklit A/S` may also stand as `Økonomichef hos Vestklit A/S`.
            if titles.isEmpty, let title = Titles.beforePlace(segment) { titles.append(title) }
        }
        // A signature in two languages has the title twice.
        if let title = titles.first(where: { Titles.suits($0, letter.language) }) ?? titles.first {
            contact.take(title, for: \.title, called: "title")
        }
        contact.title = contact.title ?? sender.title
        company.name =
            company.name ?? sender.company
            ?? NoteCompany.read(letter.note, address: contact.address, own: letter.forwarder?.address)
        return Reading(contact: contact, company: company)
    }
}

extension ContactReader.Reading {
    /// With what it lacks from another.
    fileprivate func completed(by other: Self) -> Self {
        var whole = self
        for (key, name) in [(\Dossier.Contact.name, "name"), (\.title, "title"), (\.phone, "phone")] {
            guard whole.contact[keyPath: key] == nil, let value = other.contact[keyPath: key] else { continue }
            whole.contact[keyPath: key] = value
            whole.contact.fromForm = (whole.contact.fromForm ?? []).union([name])
        }
        whole.company.name = company.name ?? other.company.name
        whole.company.street = company.street ?? other.company.street
        if company.town == nil {
            (whole.company.postcode, whole.company.town) = (other.company.postcode, other.company.town)
        }
        return whole
    }
}

extension Dossier.Contact {
    /// Keeps the first value that the signature gives.
    fileprivate mutating func take(_ value: String, for key: WritableKeyPath<Self, String?>, called name: String) {
        guard self[keyPath: key] == nil else { return }
        self[keyPath: key] = value
        fromSignature.insert(name)
    }
}
