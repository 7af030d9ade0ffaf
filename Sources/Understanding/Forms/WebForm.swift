import Mail

/// What a visitor wrote of themselves in an enquiry form, which a website sent on by mail.
///
/// Anybody can write anything there: it tells whom to answer, and no address is learnt from it.
package struct WebForm: Hashable, Sendable {
    package var name: String?
    package var title: String?
    package var company: String?
    package var phone: String?
    package var address: Words?
    package var street: String?
    package var postcode: String?
    package var town: String?
    /// What stands in the field for the company's number.
    var companyNumber: Words?
    /// What the visitor says, to the end of its paragraph.
    var message: Words?
    /// How many fields are filled in.
    var count: Int
    /// Whether somebody is greeted above the fields.
    var isLetter: Bool

    /// Words and where they stand, in UTF-8 octets.
    package struct Words: Hashable, Sendable {
        package var text: String
        package var section: Evidence.Section
        package var offset: Int

        var range: Range<Int> { offset..<offset + text.utf8.count }
    }

    /// Reads the fields of a text, and of what was taken for a signature below the visitor's greeting; `nil` where they do not
    /// tell both who somebody is and how to reach them.
    init?(_ letter: Letter) {
        let text = letter.content(of: .text)
        let entries = FormEntries(text[...])
        var values = entries.values.mapValues { Field($0, .text, of: text) }
        let below = FormEntries(letter.signature[...]).runs.joined()
        if below.contains(where: { [.name, .givenName, .company].contains($0.field) }) {
            for entry in below where values[entry.field] == nil {
                values[entry.field] = Field(entry.value, .signature, of: letter.signature)
            }
        }
        (count, isLetter) = (values.count, entries.isLetter)
        read(values)
        guard name != nil || company != nil, address != nil || phone != nil else { return nil }
    }

    private mutating func read(_ fields: [FormField: Field]) {
        let names = [fields[.givenName], fields[.familyName]].compactMap { $0?.words }
        name = fields[.name]?.words ?? (names.isEmpty ? nil : names.joined(separator: " ")) ?? fields[.sender]?.name
        title = fields[.title]?.words
        company = fields[.company]?.words
        phone = (fields[.phone] ?? fields[.sender]).flatMap { Phones.value($0.value) }
        address = fields[.address]?.address ?? fields[.sender]?.address
        companyNumber = fields[.companyNumber]?.whole
        message = fields[.message]?.paragraph
        // Street, postcode and town may share a field.
        let written = [fields[.street], fields[.postcode], fields[.town]].compactMap { $0?.value }
        for piece in written.flatMap({ $0.split(separator: ",") }).map(\.trimmedSpaces) {
            if street == nil { street = Streets.read(piece) }
            if town == nil, let place = Towns.read(piece) { (postcode, town) = place }
        }
        street = street ?? fields[.street]?.words
        guard town == nil else { return }
        town = fields[.town]?.words
        postcode = fields[.postcode].map { $0.value.filter { $0.isASCII && $0.isNumber } }
            .flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// The value of a field in the text that it stands in.
private struct Field {
    let value: Substring
    private let section: Evidence.Section
    private let text: String

    init(_ value: Substring, _ section: Evidence.Section, of text: String) {
        (self.value, self.section, self.text) = (value, section, text)
    }

    var whole: WebForm.Words { words(value) }

    /// From the value to the next blank line.
    var paragraph: WebForm.Words {
        let rest = text[value.startIndex...]
        var end = rest.startIndex
        while let line = rest[end...].firstIndex(of: "\n") {
            end = rest.index(after: line)
            if rest[end...].prefix(while: { $0 != "\n" }).allSatisfy(\.isWhitespace) { return words(rest[..<line]) }
        }
        return words(rest)
    }

    /// What is no address and no essay.
    var words: String? {
        guard (2...100).contains(value.utf8.count), !value.contains("@"), value.contains(where: \.isLetter) else {
            return nil
        }
        return String(value)
    }

    /// Who stands before the address: `Mette Lyngholm <mly@vestklit.dk>`, the brackets left out by some.
    var name: String? {
        guard let address, value.utf8.count <= 200 else { return nil }
        let before = value.prefix { $0 != "<" && $0 != "[" && $0 != "(" }.split(separator: " ")
        let name = before.prefix { !$0.contains("@") }.joined(separator: " ").filter { $0 != "\"" }
        return name.contains(where: \.isLetter) && name != address.text ? name : nil
    }

    /// The first address of a value: `mly@vestklit.dk <mailto:mly@vestklit.dk>`.
    var address: WebForm.Words? {
        let pieces = value.split { $0.isWhitespace || "<>()[],;".contains($0) }
        guard let written = pieces.first(where: { $0.contains("@") && !$0.hasPrefix("mailto:") }) else { return nil }
        let mailbox = Mailbox(address: String(written))
        guard !mailbox.localPart.isEmpty, mailbox.domain.contains("."), written.utf8.count <= 254 else { return nil }
        return words(written)
    }

    private func words(_ part: Substring) -> WebForm.Words {
        WebForm.Words(
            text: String(part), section: section,
            offset: text.utf8.distance(from: text.startIndex, to: part.startIndex))
    }
}
