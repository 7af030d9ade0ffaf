import Mail

/// What a visitor wrote of themselves in an enquiry form, which a website sent on by mail.
///
/// Anybody can write anything there: it tells whom to answer, and no address is learnt from it.
package struct WebForm: Hashable, Sendable {
    package var name: String?
    package var title: String?
    package var company: String?
    package var phone: String?
    package var address: Address?
    package var street: String?
    package var postcode: String?
    package var town: String?

    /// An address and where it stands in the text, in UTF-8 octets.
    package struct Address: Hashable, Sendable {
        package var text: String
        package var offset: Int
    }

    /// Reads the fields of a text; `nil` where it does not tell both who somebody is and how to reach them.
    init?(_ text: String) {
        let entries = FormEntries(text).values
        guard entries.count > 1 else { return nil }
        let names = [entries[.givenName], entries[.familyName]].compactMap(Self.words)
        name = Self.words(entries[.name]) ?? (names.isEmpty ? nil : names.joined(separator: " "))
        title = Self.words(entries[.title])
        company = Self.words(entries[.company])
        phone = entries[.phone].flatMap { Phones.read("Tlf. " + $0) }
        address = entries[.address].flatMap { Address($0, in: text) }
        guard name != nil || company != nil, address != nil || phone != nil else { return nil }
        readPlace(entries)
    }

    /// Street, postcode and town may share a field.
    private mutating func readPlace(_ entries: [FormField: Substring]) {
        let written = [entries[.street], entries[.postcode], entries[.town]].compactMap { $0 }.flatMap {
            $0.split(separator: ",")
        }
        for piece in written.map(\.trimmedSpaces) {
            if street == nil { street = Streets.read(piece) }
            if town == nil, let place = Towns.read(piece) { (postcode, town) = place }
        }
        street = street ?? Self.words(entries[.street])
        guard town == nil else { return }
        town = Self.words(entries[.town])
        postcode = entries[.postcode].map { $0.filter { $0.isASCII && $0.isNumber } }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Words of a value that are no address and no essay.
    private static func words(_ value: Substring?) -> String? {
        guard let value, (2...100).contains(value.utf8.count), !value.contains("@"), value.contains(where: \.isLetter)
        else { return nil }
        return String(value)
    }
}

extension WebForm.Address {
    /// The first address of a value: `mly@vestklit.dk <mailto:mly@vestklit.dk>`.
    fileprivate init?(_ value: Substring, in text: String) {
        let pieces = value.split { $0.isWhitespace || "<>()[],;".contains($0) }
        guard let written = pieces.first(where: { $0.contains("@") && !$0.hasPrefix("mailto:") }) else { return nil }
        let mailbox = Mailbox(address: String(written))
        guard !mailbox.localPart.isEmpty, mailbox.domain.contains("."), written.utf8.count <= 254 else { return nil }
        self.init(
            text: mailbox.address, offset: text.utf8.distance(from: text.startIndex, to: written.startIndex))
    }
}
