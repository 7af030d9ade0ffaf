import DNS
import Foundation
import Hosts

/// The domain name system as a table; what begins with `FAIL` fails, what is not there is not there.
struct RecordTable: DNSLookup {
    private var table: [String: [(DNSRecordType, String)]] = [:]

    /// Names with lines as in `TXT v=spf1 -all`, `A 192.0.2.1`, `MX 10 mail.example.test`, `FAIL`.
    init(_ names: [String: [String]]) {
        for (name, lines) in names {
            table[name.lowercased()] = lines.flatMap { line -> [(DNSRecordType, String)] in
                let words = line.split(separator: " ", maxSplits: 1).map(String.init)
                let types: [String: DNSRecordType] = ["TXT": .txt, "A": .a, "AAAA": .aaaa, "MX": .mx, "PTR": .ptr]
                guard let type = types[words[0]] else { return types.values.map { ($0, "FAIL") } }
                return [(type, words.count > 1 ? words[1] : "")]
            }
        }
    }

    func records(_ type: DNSRecordType, of name: String) async throws(DNSFailure) -> [DNSRecord] {
        var found: [DNSRecord] = []
        for (own, text) in table[name.lowercased()] ?? [] where own == type {
            if text == "FAIL" { throw DNSFailure(reason: "SERVFAIL") }
            found += Self.record(type, text).map { [$0] } ?? []
        }
        return found
    }

    private static func record(_ type: DNSRecordType, _ text: String) -> DNSRecord? {
        switch type {
        case .a, .aaaa: IPAddress(text).map { .address($0) }
        case .ptr: .name(text)
        case .txt: .text(Array(text.utf8))
        case .mx:
            text.split(separator: " ").last.map {
                .exchanger(preference: UInt16(text.prefix { $0 != " " }) ?? 0, host: $0 == "." ? "" : String($0))
            }
        }
    }
}

/// A text with the line ends of mail.
func mail(_ text: String) -> [UInt8] { Array(text.replacing("\n", with: "\r\n").utf8) }
