import Foundation
import Testing
import WireFormat

/// Something of every form that a value may have.
private struct Sample: Codable, Sendable, CustomTestStringConvertible {
    struct Inner: Codable, Sendable {
        var messageID: String?
        var isLast = true
        var numbers: [Int64] = []
        var sizes: [[Double]] = []
    }

    enum Kind: String, Codable, Sendable { case first, second }

    var name = "Bo"
    var bodyHTMLText = ""
    var sha256 = 0
    var a2B: UInt8 = 7
    var inner = Inner()
    var list: [Inner] = []
    var table: [String: Int] = [:]
    var kinds: [Kind] = []
    var kind = Kind.second
    var date = Date(timeIntervalSinceReferenceDate: 12.5)

    var testDescription: String { name.debugDescription }
}

@Suite("JSON of one line")
struct JSONLineTests {
    @Test(
        "is what Foundation's encoder gives",
        arguments: [
            Sample(), Sample(name: ""), Sample(name: "\"\\/ \u{8}\t\n\u{C}\r\u{B}\u{1F}\u{7F}\u{2028} æøå 🙂"),
            Sample(name: "\n\n", table: ["camelCase": 1, "aB": 2, "": 3], kinds: [.first, .second]),
            Sample(
                sha256: -1,
                inner: .init(messageID: "<a@b.example>", numbers: [.min, 0, .max], sizes: [[1], [], [2.5]]),
                list: [.init(), .init(isLast: false)]),
        ])
    private func same(_ sample: Sample) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        #expect(try JSONLine.encode(sample) == String(decoding: encoder.encode(sample), as: UTF8.self))
        #expect(
            try JSONLine.encode([sample, sample]) == String(decoding: encoder.encode([sample, sample]), as: UTF8.self))
    }

    @Test("gives an absent value where it is wanted as null")
    func absent() throws {
        struct Answer: Encodable { @ExplicitNull var dateText: String? }
        #expect(try JSONLine.encode(Answer(dateText: nil)) == #"{"date_text":null}"#)
        #expect(try JSONLine.encode([String: Int]()) == "{}")
    }

    @Test("has no numbers that are none", arguments: [Double.nan, .infinity])
    func numbers(_ number: Double) { #expect(throws: EncodingError.self) { try JSONLine.encode([number]) } }
}
