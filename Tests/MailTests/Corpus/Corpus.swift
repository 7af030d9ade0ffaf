import Foundation

/// The corpora with expected results beside the checkout, or where the variable CORPUS says, where they are there
/// (SOURCE.md in each says what they are).
enum Corpus {
    static let folder = ProcessInfo.processInfo.environment["CORPUS"].map { URL(filePath: $0) } ?? besideCheckout

    private static let besideCheckout = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/corpus").standardizedFileURL

    static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func cases<Case: Decodable>(_ name: String) throws -> [Case] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let lines = try Data(contentsOf: folder.appending(path: "\(name)/expected.jsonl")).split(separator: 0x0A)
        return try lines.map { try decoder.decode(Case.self, from: Data($0)) }
    }

    static func octets(_ name: String, _ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: "\(name)/\(file)")))
    }

    /// A mail of one of us around a body.
    static func mail(_ body: [UInt8], subject: String?, subtype: String = "plain") -> [UInt8] {
        let header = [
            "From: Sales Person <sales@own.example>", "To: leads@own.example", "Date: Mon, 02 Oct 2023 20:00:00 +0200",
            "Content-Type: text/\(subtype); charset=utf-8", "Content-Transfer-Encoding: base64",
        ]
        let lines = (subject.map { ["Subject: \($0)"] } ?? []) + header + ["", Data(body).base64EncodedString()]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Without white space, which the corpora do not agree on.
    static func squashed(_ text: String?) -> String {
        let scalars = (text ?? "").precomposedStringWithCanonicalMapping.unicodeScalars
        return String(
            String.UnicodeScalarView(
                scalars.filter { !$0.properties.isWhitespace && $0 != "\u{200B}" && $0 != "\u{FEFF}" }))
    }
}

/// How many cases of a corpus are right, field by field, and which are not.
struct Score {
    private var right: [String: Int] = [:]
    private var total: [String: Int] = [:]
    private(set) var missed: [String] = []

    mutating func count(_ field: String, _ isRight: Bool, of file: String) {
        total[field, default: 0] += 1
        if isRight { right[field, default: 0] += 1 } else { missed.append("\(file): \(field)") }
    }

    /// The share of a field, in per cent.
    func share(_ field: String) -> Double {
        100 * Double(right[field] ?? 0) / Double(max(1, total[field] ?? 0))
    }
}
