import Foundation
import Testing

@testable import Mail

/// SplitMix64: the same values in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Any value at all")
struct AnyValueTests {
    private static let pieces = [
        "a", "B", "9", " ", "  ", "\t", "\r", "\n", "\r\n", "\0", "=", "?", "=?", "?=", "\"", "\\", "<", ">", "@", ",",
        ";", ":", ".", "..", "(", ")",
        "æ", "Å", "€", "𐍈", "e\u{301}", "👩‍👩‍👧", "\u{85}", "\u{2028}", "\u{202E}", "From ", "--", "--=_",
        String(repeating: "x", count: 90),
    ]

    private static func value(_ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...60, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }

    @Test("makes a whole mail: its own fields and no other, two parts, the text as it was", arguments: 1...20)
    func isWhole(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let values = (0..<8).map { _ in Self.value(&generator) }
            let box = Mailbox(name: values[0], address: values[1] + "@fjordtek.example")
            let mail = OutgoingMail(
                from: box, replyTo: box, to: [box, box], subject: values[2], date: Date(timeIntervalSince1970: 0),
                messageID: "<a1@fjordtek.example>", inReplyTo: values[3], references: [values[3], values[4]],
                fields: [.init("X-Brevdue-Id", values[5])], text: values[6], html: values[7])
            let names = mail.headerLines.filter { !$0.hasPrefix(" ") }.map { String($0.prefix { $0 != ":" }) }
            let expected = [
                "Date", "From", "Reply-To", "To", "Subject", "Message-ID", "X-Brevdue-Id", "MIME-Version",
                "Content-Type",
            ]
            #expect(names.filter { !["In-Reply-To", "References"].contains($0) } == expected)
            #expect(mail.lines.allSatisfy { $0.utf8.count <= 998 })
            #expect(mail.headerLines.allSatisfy { $0.contains { $0 != " " } })
            #expect(mail.lines.filter { $0.hasPrefix("--=_") }.count == 3)
            let letter = try mail.readBack()
            #expect(letter.to.count == 2)
        }
    }
}
