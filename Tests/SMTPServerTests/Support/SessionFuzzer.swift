import Foundation

@testable import SMTPServer

/// Random sessions, the same for the same seed.
struct SessionFuzzer {
    private static let lines =
        [
            "EHLO client.example", "EHLO client.example", "HELO x", "EHLO", "MAIL FROM:<kunde@example.org>",
            "MAIL FROM:<> SIZE=100 BODY=8BITMIME", "MAIL FROM:<søren@example.org> SMTPUTF8",
            "MAIL FROM:<\"a b\"@example.org>", "MAIL FROM:<", "MAIL FROM:<> AUTH=<>",
            "RCPT TO:<leads@fjordtek.example>",
            "RCPT TO:<leads@fjordtek.example>", "RCPT TO:<Postmaster>", "RCPT TO:<nobody@fjordtek.example>",
            "RCPT TO:<søren@fjordtek.example>", "DATA", "DATA", ".", ".", "..", "", "Received: x", "RSET", "NOOP",
            "HELP",
            "VRFY x", "QUIT ", "BDAT 10 LAST", "BDAT 30", "BDAT 0", "BDAT 0 LAST", "BDAT 6000", "BDAT 15000 LAST",
            "BDAT x", "AUTH PLAIN", "AUTH PLAIN AHNhbGcAaGVtbWVsaWc=", "AUTH PLAIN =", "AUTH LOGIN",
            "AUTH LOGIN c2FsZw==",
            "AUTH SCRAM-SHA-256", "AUTH SCRAM-SHA-256 biwsbj11c2VyLHI9eA==", "c2FsZw==", "aGVtbWVsaWc=", "*",
            "Subject: x", "\u{0}", "\r", "\n", "\u{16}", String(repeating: "x", count: 3000),
            String(repeating: "QUJD", count: 3200),
        ].map { Array($0.utf8) }

    private var random: SeededRandom
    /// Lines so far.
    private(set) var count = 0

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// All that one client sends.
    mutating func session() -> [UInt8] {
        let length = Int.random(in: 1...120, using: &random)
        count += length
        return (0..<length).flatMap { _ -> [UInt8] in
            var line = Self.lines.randomElement(using: &random) ?? []
            for _ in 0..<(Int.random(in: 0..<6, using: &random) == 0 ? 3 : 0) where !line.isEmpty {
                line[Int.random(in: line.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            return line + (Int.random(in: 0..<40, using: &random) == 0 ? [0x0A] : [0x0D, 0x0A])
        }
    }

    /// What is wrong with how one session is answered, in one piece and in many; `nil` when nothing is.
    mutating func fault() -> String? {
        let octets = session()
        let isEncrypted = Bool.random(using: &random)
        var whole = play(isEncrypted)
        whole.send(octets)
        var pieces = play(isEncrypted)
        var rest = octets[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...200, using: &random)
            pieces.send(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        if whole.answers != pieces.answers { return "the answers depend on the pieces" }
        if whole.stored != pieces.stored { return "what is stored depends on the pieces" }
        if let line = whole.answers.first(where: { !Self.isReply($0) }) { return "no reply: \(line)" }
        return whole.answers.count { $0 == "END" } > 1 ? "the session ends twice" : nil
    }

    private func play(_ isEncrypted: Bool) -> Play {
        var limits = SMTPLimits()
        limits.messageSize = 10_000
        limits.errors = 40
        return Play(limits: limits, terms: SessionTerms(hasAuthenticator: true), isEncrypted: isEncrypted)
    }

    private static func isReply(_ line: String) -> Bool {
        let octets = Array(line.utf8)
        return line == "END"
            || octets.count >= 4 && octets.count <= 512 && octets.prefix(3).allSatisfy { (0x30...0x39).contains($0) }
                && [0x20, 0x2D].contains(octets[3]) && octets.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}
