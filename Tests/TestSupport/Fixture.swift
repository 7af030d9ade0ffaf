import Foundation

/// A mail of `fixtures/mails` and what is expected of it (fixtures/README.md).
package struct Fixture: Sendable, CustomStringConvertible {
    package struct Link: Decodable, Sendable {
        package var status: String
        package var number: String?
        package var ground: String?
    }

    package struct Exchange: Decodable, Sendable, Hashable {
        package var question: String
        package var answer: String
    }

    private struct Expectation: Decodable {
        var kind: String
        var from: String
        var subject: String
        var cvr: Link
        var language: String?
        var forwarder: String?
        var text_contains: [String]
        var not_contains: [String]?
        var note_contains: String?
        var auto_reply_allowed: Bool
        var services: [String: Bool]?
        var has_quote: Bool?
        var attachments: [String]?
        var forward_depth: Int?
        var answer: String?
        var quote: [String: Int]?
        var recommendations: [String]?
        var remarks: Int?
        var facts: [String: String]?
        var exchanges: [Exchange]?
        var enclosures: [String]?
    }

    package let name: String
    package let octets: [UInt8]
    package let kind: String
    /// Sender of the mail that counts.
    package let from: String
    package let subject: String
    package let cvr: Link
    package let language: String?
    package let forwarder: String?
    package let textContains: [String]
    package let textLacks: [String]
    package let noteContains: String?
    package let allowsAutoReply: Bool
    package let services: [String: Bool]
    package let hasQuote: Bool?
    package let attachments: [String]?
    package let forwardDepth: Int?
    /// `summary`, `guidance` or `none`.
    package let answer: String
    /// Sums without VAT in øre, by `once`, `month` and `year`; `nil` where none are given.
    package let quote: [String: Int]?
    /// Ids of the rules that advise, in order.
    package let recommendations: [String]?
    /// How many remarks our own people get.
    package let remarks: Int?
    /// Values of facts by their names.
    package let facts: [String: String]

    /// Questions that are answered one by one, in order.
    package let exchanges: [Exchange]?
    /// Senders of mails that came along and do not count.
    package let enclosures: [String]?

    package var description: String { name }

    /// Sender of the envelope: who is in From.
    package var sender: String { forwarder ?? from }

    package var messageID: String {
        let header = String(decoding: octets.prefix(2000), as: UTF8.self)
        let line = header.split(separator: "\r\n").first { $0.hasPrefix("Message-ID: ") }
        return line.map { String($0.dropFirst(12)) } ?? ""
    }

    package static func all() throws -> [Fixture] {
        let names = try FileManager.default.contentsOfDirectory(atPath: Repository.fixtures)
        return try names.filter { $0.hasSuffix(".eml") }.sorted().map { try Fixture(name: String($0.dropLast(4))) }
    }

    private init(name: String) throws {
        let path = Repository.fixtures + "/" + name
        octets = Array(try Data(contentsOf: URL(filePath: path + ".eml")))
        let expected = try JSONDecoder().decode(Expectation.self, from: Data(contentsOf: URL(filePath: path + ".json")))
        self.name = name
        kind = expected.kind
        from = expected.from
        subject = expected.subject
        cvr = expected.cvr
        language = expected.language
        forwarder = expected.forwarder
        textContains = expected.text_contains
        textLacks = expected.not_contains ?? []
        noteContains = expected.note_contains
        allowsAutoReply = expected.auto_reply_allowed
        services = expected.services ?? [:]
        hasQuote = expected.has_quote
        attachments = expected.attachments
        forwardDepth = expected.forward_depth
        quote = expected.quote
        recommendations = expected.recommendations
        remarks = expected.remarks
        facts = expected.facts ?? [:]
        exchanges = expected.exchanges
        enclosures = expected.enclosures
        answer = expected.answer ?? (expected.forwarder == nil ? "none" : "summary")
    }
}
