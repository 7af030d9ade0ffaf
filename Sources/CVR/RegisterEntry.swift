/// What a company register tells of a company, as far as a mail can be compared with it.
package struct RegisterEntry: Hashable, Sendable, Codable {
    package var number: CVRNumber
    /// The legal name.
    package var name: String
    package var secondaryNames: [String]
    /// Published telephone numbers, as written.
    package var phones: [String]
    /// Domains of its published addresses and home page, in lower case.
    package var domains: [String]
    /// Whether the company has ceased to exist.
    package var hasCeased: Bool

    package init(
        number: CVRNumber, name: String, secondaryNames: [String] = [], phones: [String] = [], domains: [String] = [],
        hasCeased: Bool = false
    ) {
        self.number = number
        self.name = name
        self.secondaryNames = secondaryNames
        self.phones = phones
        self.domains = domains
        self.hasCeased = hasCeased
    }
}
