import Testing

@testable import SMTPServer

@Suite("The scanner of messages")
struct DataScannerTests {
    /// What the scanner is to find, said as simply as possible.
    private struct Reference: Equatable {
        var content: [UInt8]?
        var used: Int?

        init(content: [UInt8]?, used: Int?) {
            self.content = content
            self.used = used
        }

        init(_ octets: [UInt8]) {
            let text = [0x0D, 0x0A] + octets
            let end = text.indices.first { text[$0...].starts(with: [0x0D, 0x0A, 0x2E, 0x0D, 0x0A]) }
            guard let end else { return }
            used = end + 5 - 2
            let message = Array(text[..<end])
            let isClean = message.indices.allSatisfy { index in
                switch message[index] {
                case 0x0D: index + 1 < message.count && message[index + 1] == 0x0A
                case 0x0A: index > 0 && message[index - 1] == 0x0D
                default: true
                }
            }
            guard isClean else { return }
            let lines = message.split(separator: 0x0D, omittingEmptySubsequences: false).map {
                $0.filter { $0 != 0x0A }
            }
            content = lines.dropFirst().flatMap { ($0.first == 0x2E ? Array($0.dropFirst()) : $0) + [0x0D, 0x0A] }
        }
    }

    @Test(
        "24: agrees with the plain reading of RFC 5321 on whatever line ends and dots, in whatever pieces",
        arguments: 0..<40)
    func agrees(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<500 {
            let octets =
                (0..<Int.random(in: 1...24, using: &random)).flatMap { _ -> [UInt8] in
                    [[0x0D, 0x0A], [0x0D, 0x0A], [0x2E], [0x61], [0x0D], [0x0A], [0x0D, 0x0A, 0x2E]].randomElement(
                        using: &random) ?? []
                } + Array("\r\n.\r\nNOOP\r\n".utf8)
            #expect(scanned(octets, using: &random) == Reference(octets), "\(octets)")
        }
    }

    private func scanned(_ octets: [UInt8], using random: inout SeededRandom) -> Reference {
        var scanner = DataScanner(limits: SMTPLimits())
        var content: [UInt8] = []
        var place = 0
        while place < octets.count {
            let piece = octets[place..<min(octets.count, place + Int.random(in: 1...8, using: &random))]
            let (used, isEnd) = piece.withUnsafeBytes { bytes in scanner.scan(bytes) { content += $0 } }
            place += used
            if isEnd { return Reference(content: scanner.fault == nil ? content : nil, used: place) }
        }
        return Reference(content: nil, used: nil)
    }

    @Test(
        "22: its time grows with the octets only, whatever they are", .timeLimit(.minutes(1)),
        arguments: [
            "\r", "\n", "\r\n", ".", "\r\n.x", "\r\n..", "Received:", "\r\nReceived:", ".\r", "a",
        ])
    func isLinear(_ unit: String) {
        var limits = SMTPLimits()
        limits.messageSize = 16 << 20
        var scanner = DataScanner(limits: limits)
        let piece = Array(repeating: Array(unit.utf8), count: (64 << 10) / unit.utf8.count).flatMap { $0 }
        for _ in 0..<32 {
            let (used, isEnd) = piece.withUnsafeBytes { bytes in scanner.scan(bytes) { _ in } }
            #expect(used == piece.count && !isEnd)
        }
    }

    @Test("nothing is handed out once the message is known to be refused")
    func handsOutNothingInVain() {
        var limits = SMTPLimits()
        limits.messageSize = 1000
        var scanner = DataScanner(limits: limits)
        var handedOut = 0
        let line = Array((String(repeating: "x", count: 98) + "\r\n").utf8)
        for _ in 0..<18 { line.withUnsafeBytes { bytes in _ = scanner.scan(bytes) { handedOut += $0.count } } }
        #expect(handedOut == 1000)
        #expect(scanner.size == 1800)
        #expect(scanner.fault == .tooLarge)
        #expect(!scanner.isHopeless)
    }
}
