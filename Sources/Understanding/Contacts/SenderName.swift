import Mail

/// What the display name of a sender tells: `Mette Lyngholm`, `Lyngholm, Mette`, `Mette Lyngholm | Vestklit A/S`.
struct SenderName {
    private(set) var person: String?
    private(set) var company: String?

    init(_ mailbox: Mailbox?) {
        guard let name = mailbox?.name, name.utf8.count <= 200, !name.contains("@") else { return }
        let pieces = name.split { "|()".contains($0) }
            .flatMap { $0.split(separator: " - ") }.flatMap { $0.split(separator: " / ") }.map(\.trimmedSpaces)
        company = pieces.lazy.compactMap(CompanyNames.read).first
        let people = pieces.map(Self.turned).filter { PersonNames.isName(Substring($0)) }
        person = people.first ?? (company == nil ? name : nil)
    }

    /// `Lyngholm, Mette` in the usual order.
    private static func turned(_ name: Substring) -> String {
        let parts = name.split(separator: ",").map(\.trimmedSpaces)
        return parts.count == 2 ? "\(parts[1]) \(parts[0])" : String(name)
    }
}
