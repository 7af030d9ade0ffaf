import Understanding

extension SummaryWords {
    /// Who wrote and how to reach them, with the source of every datum.
    var contact: [String] {
        let contact = dossier.contact
        let source = { (key: String) in
            if contact.fromForm?.contains(key) ?? false { return say("(formular)", "(form)") }
            return contact.fromSignature.contains(key)
                ? say("(signatur)", "(signature)") : say("(afsender)", "(sender)")
        }
        let person = [
            contact.name.map { "\($0.onOneLine) \(source("name"))" },
            contact.title.map { "\(say($0.onOneLine.lowercasedFirst, $0.onOneLine)) \(source("title"))" },
        ].compactMap { $0 }
        let reach = [
            contact.address.map { "\($0.onOneLine) \(source("address"))".held },
            contact.phone.map { "\($0.onOneLine) \(source("phone"))".held },
        ].compactMap { $0 }
        let lines = [person.joined(separator: ", ")].filter { !$0.isEmpty } + reach
        return lines.isEmpty ? [say("ukendt", "unknown")] : lines
    }
}
