import Mail
import Rules
import TestSupport
import Testing
import Understanding

/// A text and what is read from it, or that nothing is.
struct FactCase: Sendable, CustomTestStringConvertible {
    var text: String
    var name: String
    var value: FactValue?
    var least: Int?
    var parts: [Int] = []
    var testDescription: String { "\(text) → \(name) \(value?.description ?? "unknown")" }

    static func count(
        _ text: String, _ name: String, _ number: Double, least: Int? = nil, parts: [Int] = []
    ) -> FactCase {
        let thousandths = Int((number * 1000).rounded())
        return FactCase(
            text: text, name: name, value: .number(thousandths: thousandths), least: least.map { $0 * 1000 },
            parts: parts.map { $0 * 1000 })
    }

    static func users(_ text: String, _ number: Double, least: Int? = nil, parts: [Int] = []) -> FactCase {
        count(text, "users", number, least: least, parts: parts)
    }

    static func documents(_ text: String, _ number: Double, least: Int? = nil, parts: [Int] = []) -> FactCase {
        count(text, "documents_per_month", number, least: least, parts: parts)
    }

    static func budget(_ text: String, _ kroner: Int?) -> FactCase {
        FactCase(text: text, name: "budget", value: kroner.map { .money(ore: $0 * 100) })
    }

    static func deadline(_ text: String, _ day: String?) -> FactCase { dated(text, "deadline", day) }
    static func priceBy(_ text: String, _ day: String?) -> FactCase { dated(text, "price_by", day) }

    private static func dated(_ text: String, _ name: String, _ day: String?) -> FactCase {
        FactCase(text: text, name: name, value: day.flatMap { CalendarDay(iso: $0) }.map { .day($0) })
    }

    static func none(_ text: String, _ name: String) -> FactCase { FactCase(text: text, name: name, value: nil) }
    static func flag(_ text: String, _ name: String) -> FactCase {
        FactCase(text: text, name: name, value: .flag(true))
    }

    static func wish(_ text: String, _ service: String) -> FactCase { flag(text, "service." + service) }
    static func declined(_ text: String, _ service: String) -> FactCase {
        FactCase(text: text, name: "service." + service, value: .flag(false))
    }
    static func unsaid(_ text: String, _ service: String) -> FactCase { none(text, "service." + service) }
}

/// Reads letters by the rules of the sample company.
struct FactReader {
    private static let shared = Result { FactFinder(try RuleFolder.load(Repository.rules)) }

    private let finder: FactFinder

    init() throws { finder = try Self.shared.get() }

    /// Facts of a mail written on Tuesday 24 November 2026, by name.
    func facts(_ text: String, subject: String = "x") throws -> [String: Fact] {
        try read(
            Array(
                "From: a@b.example\r\nDate: Tue, 24 Nov 2026 08:52:11 +0100\r\nSubject: \(subject)\r\n\r\n\(text)".utf8)
        )
    }

    /// Facts of a forward of the same day with our own note above it.
    func facts(note: String, _ text: String) throws -> [String: Fact] {
        try read(SampleMail.forward(note: note, text))
    }

    private func read(_ mail: [UInt8]) throws -> [String: Fact] {
        let letter = try Letter(
            mail, reading: ReadingOptions(own: OwnPeople(domains: ["fjordtek.example"])))
        return Dictionary(finder.facts(in: letter).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
