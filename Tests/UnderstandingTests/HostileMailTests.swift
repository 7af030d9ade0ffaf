import Foundation
import ReadingProperties
import Rules
import TestSupport
import Testing

/// Mails that once broke the reading, most of them found by the fuzzer, and the shortest of all.
@Suite("What holds of any mail")
struct HostileMailTests {
    private static let folder = Repository.root + "/fixtures/hostile"
    private let properties: ReadingProperties

    init() throws { properties = ReadingProperties(try RuleFolder.load(Repository.rules)) }

    @Test(
        "it is read without a fault", .timeLimit(.minutes(1)),
        arguments: try FileManager.default.contentsOfDirectory(atPath: folder).sorted())
    func holds(_ name: String) throws {
        let octets = try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)"))
        #expect(properties.fault(reading: Array(octets)) == nil)
    }

    @Test("also of octets that are none", arguments: ["", "\n", ":", "a:", "From:", "\u{0}", "--\n\n--"])
    func none(_ text: String) { #expect(properties.fault(reading: Array(text.utf8)) == nil) }
}
