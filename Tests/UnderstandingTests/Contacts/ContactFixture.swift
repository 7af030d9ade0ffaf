import Foundation
import TestSupport
import Testing

/// A fixture mail that says who wrote, and for whom.
struct ContactFixture: Sendable, CustomTestStringConvertible {
    struct Expectation: Decodable, Sendable {
        struct Contact: Decodable, Sendable {
            var name: String
            var title: String?
            var phone: String?
        }

        struct Company: Decodable, Sendable {
            var name: String
            var town: String?
        }

        var contact: Contact?
        var company: Company?
    }

    var name: String
    var octets: [UInt8]
    var expected: Expectation
    var testDescription: String { name }

    static func all() throws -> [ContactFixture] {
        let names = try FileManager.default.contentsOfDirectory(atPath: Repository.fixtures)
        return try names.filter { $0.hasSuffix(".eml") }.sorted().compactMap { name in
            let file = "\(Repository.fixtures)/\(name.dropLast(4))"
            let json = try Data(contentsOf: URL(filePath: file + ".json"))
            let expected = try JSONDecoder().decode(Expectation.self, from: json)
            guard expected.contact != nil || expected.company != nil else { return nil }
            let octets = Array(try Data(contentsOf: URL(filePath: file + ".eml")))
            return ContactFixture(name: name, octets: octets, expected: expected)
        }
    }
}
