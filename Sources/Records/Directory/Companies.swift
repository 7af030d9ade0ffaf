package import CVR
import Hosts
import Mail
package import Postgres

/// What one letter taught about a company and the person who wrote.
package struct Introduction: Sendable {
    package var cvr: CVRNumber
    package var companyName: String?
    package var town: String?
    /// The lead's address in the form for comparison; `nil` when it says nothing of the company (our own people, no address).
    package var address: String?
    package var name: String?
    package var title: String?
    package var phone: String?
    /// The domain, as DNS has it, when it belongs to the company alone; never that of a public mail provider.
    package var domain: String?
    /// The message that taught it.
    package var messageID: Int64

    package init(
        cvr: CVRNumber, companyName: String? = nil, town: String? = nil, address: String? = nil, name: String? = nil,
        title: String? = nil, phone: String? = nil, domain: String? = nil, messageID: Int64
    ) {
        self.cvr = cvr
        self.companyName = companyName
        self.town = town
        self.address = address.map { Mailbox(address: $0).comparable }
        self.name = name
        self.title = title
        self.phone = phone
        self.domain = domain.map(DomainName.comparable)
        self.messageID = messageID
    }
}

/// Companies, contacts and domains.
package enum Companies {
    /// Makes the companies known; a name once known stays until a person or the register changes it.
    package static func add(_ introductions: [Introduction]) -> SQL {
        let companies = introductions.last(by: \.cvr)
        return """
            INSERT INTO brevdue.company AS c (cvr, name, town)
            SELECT cvr, name, town FROM unnest(\(companies.map(\.cvr.description)), \(companies.map(\.companyName)),
                \(companies.map(\.town))) AS i (cvr, name, town) ORDER BY cvr
            ON CONFLICT (cvr) DO UPDATE SET name = coalesce(c.name, excluded.name), town = coalesce(c.town, excluded.town),
                updated_at = now(), version = c.version + 1
            WHERE c.name IS NULL AND excluded.name IS NOT NULL OR c.town IS NULL AND excluded.town IS NOT NULL
            """
    }

    /// Remembers which address and domain stand for which company; runs after the messages are filed.
    package static func learn(_ introductions: [Introduction]) -> [SQL] {
        let people = introductions.filter { $0.address != nil }.last(by: \.address)
        let pairs = introductions.filter { $0.address != nil }
        let domains = introductions.filter { $0.domain != nil }
        return [
            """
            INSERT INTO brevdue.contact AS c (address, name, title, phone)
            SELECT * FROM unnest(\(people.map { $0.address ?? "" }), \(people.map(\.name)), \(people.map(\.title)),
                \(people.map(\.phone))) AS i (address, name, title, phone) ORDER BY address
            ON CONFLICT (address) DO UPDATE SET name = coalesce(excluded.name, c.name),
                title = coalesce(excluded.title, c.title), phone = coalesce(excluded.phone, c.phone), updated_at = now()
            WHERE (c.name, c.title, c.phone) IS DISTINCT FROM (coalesce(excluded.name, c.name),
                coalesce(excluded.title, c.title), coalesce(excluded.phone, c.phone))
            """,
            """
            INSERT INTO brevdue.contact_company (contact_id, cvr, message_id)
            SELECT c.id, i.cvr, i.message_id
            FROM unnest(\(pairs.map { $0.address ?? "" }), \(pairs.map(\.cvr.description)), \(pairs.map(\.messageID)))
                AS i (address, cvr, message_id) JOIN brevdue.contact c USING (address) ORDER BY c.id, i.cvr
            ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO brevdue.company_domain (domain, cvr, message_id)
            SELECT * FROM unnest(\(domains.map { $0.domain ?? "" }), \(domains.map(\.cvr.description)),
                \(domains.map(\.messageID))) AS i (domain, cvr, message_id) ORDER BY domain, cvr
            ON CONFLICT DO NOTHING
            """,
        ]
    }
}

extension Array {
    /// The last element of each key, so that one statement touches a row once.
    func last<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
        var seen: Set<Key> = []
        return reversed().filter { seen.insert(key($0)).inserted }.reversed()
    }
}
