import Testing

@testable import SMTPServer

/// Random sessions: nothing a client sends may stop the server, confuse its replies or depend on the pieces it arrives in.
@Suite("Random sessions")
struct FuzzTests {
    private static let lines = [
        "EHLO client.example", "HELO x", "EHLO", "MAIL FROM:<kunde@example.org>", "MAIL FROM:<> SIZE=100 BODY=8BITMIME",
        "MAIL FROM:<søren@example.org> SMTPUTF8", "MAIL FROM:<\"a b\"@example.org>", "MAIL FROM:<",
        "RCPT TO:<leads@fjordtek.example>",
        "RCPT TO:<Postmaster>", "RCPT TO:<nobody@fjordtek.example>", "RCPT TO:<søren@fjordtek.example>", "DATA", "DATA",
        ".", ".",
        "..", "", "Received: x", "RSET", "NOOP", "HELP", "VRFY x", "QUIT ", "BDAT 10 LAST", "STARTTLS", "AUTH PLAIN",
        "Subject: x",
        "\u{0}", "\r", "\n", "\u{16}", String(repeating: "x", count: 3000),
    ].map { Array($0.utf8) }

    private static func session(_ random: inout SeededRandom) -> [UInt8] {
        (0..<Int.random(in: 1...120, using: &random)).flatMap { _ -> [UInt8] in
            var line = lines.randomElement(using: &random) ?? []
            for _ in 0..<(Int.random(in: 0..<6, using: &random) == 0 ? 3 : 0) where !line.isEmpty {
                line[Int.random(in: line.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            return line + (Int.random(in: 0..<40, using: &random) == 0 ? [0x0A] : [0x0D, 0x0A])
        }
    }

    @Test("are answered the same in one piece and in many, with well-formed replies", arguments: 0..<20)
    func sameInAnyPieces(_ seed: UInt64) {
        var random = SeededRandom(seed: 1000 + seed)
        var limits = SMTPLimits()
        limits.messageSize = 10_000
        limits.errors = 40
        for _ in 0..<40 {
            let octets = Self.session(&random)
            var whole = Play(limits: limits)
            whole.send(octets)
            var pieces = Play(limits: limits)
            var rest = octets[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...200, using: &random)
                pieces.send(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(whole.answers == pieces.answers)
            #expect(whole.stored == pieces.stored)
            #expect(whole.answers.allSatisfy(Self.isReply))
            #expect(whole.answers.count { $0 == "END" } <= 1)
        }
    }

    private static func isReply(_ line: String) -> Bool {
        let octets = Array(line.utf8)
        return line == "END"
            || octets.count > 4 && octets.count <= 512 && octets.prefix(3).allSatisfy { (0x30...0x39).contains($0) }
                && [0x20, 0x2D].contains(octets[3]) && octets.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}
