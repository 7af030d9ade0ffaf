import Testing

@testable import SMTPServer

/// What client and server say, line by line; the lines' beginnings decide who speaks.
///
/// `C:` is sent with CRLF, `C-` without; `C*20:` twenty times. `S:` is how one line of the server begins, `S*20:` twenty of
/// them. `END` is the end of the session by the server. In lines of the client `\xNN` is an octet and `\$N` stands for
/// so many letters.
struct Dialogue: Sendable, CustomTestStringConvertible {
    /// Numbers of smtp-cases.
    var cases: String
    var name: String
    var script: String
    /// The content of the messages that are stored.
    var stored: [String] = []
    var limits: @Sendable (inout SMTPLimits) -> Void = { _ in }

    var testDescription: String { "\(cases): \(name)" }

    enum Line {
        case client([UInt8])
        case server(String)
        case end
    }

    /// The lines, with those that every dialogue opens with unless it begins itself with `S: 220`.
    var lines: [Line] {
        script.split(separator: "\n").flatMap { text -> [Line] in
            if text == "END" { return [.end] }
            let mark = text.dropFirst().firstIndex { $0 == ":" || $0 == "-" } ?? text.endIndex
            let count = Int(text[..<mark].dropFirst(2)) ?? 1
            let content = text[mark...].dropFirst(2)
            guard text.hasPrefix("C") else { return Array(repeating: .server(String(content)), count: count) }
            let octets = Self.octets(content) + (text[mark] == ":" ? [0x0D, 0x0A] : [])
            return Array(repeating: .client(octets), count: count)
        }
    }

    /// All that the client says, in one.
    var sent: [UInt8] {
        lines.flatMap { line -> [UInt8] in
            if case .client(let octets) = line { octets } else { [] }
        }
    }

    /// How each line of the server begins; `END` is the end of the session.
    var expected: [String] {
        lines.compactMap { line -> String? in
            switch line {
            case .client: nil
            case .server(let text): text
            case .end: "END"
            }
        }
    }

    var bounds: SMTPLimits {
        var limits = SMTPLimits()
        limits.slowdown = .zero
        self.limits(&limits)
        return limits
    }

    private static func octets(_ text: Substring) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = text
        while let character = rest.popFirst() {
            switch (character, rest.first) {
            case ("\\", "x"):
                octets.append(UInt8(rest.dropFirst().prefix(2), radix: 16) ?? 0)
                rest = rest.dropFirst(3)
            case ("\\", "$"):
                let digits = rest.dropFirst().prefix { $0.isNumber }
                octets += Array(repeating: UInt8(ascii: "x"), count: Int(digits) ?? 0)
                rest = rest.dropFirst(1 + digits.count)
            default: octets += Array(String(character).utf8)
            }
        }
        return octets
    }
}

/// Whether the answers are those expected, line by line.
func agree(_ answers: [String], _ expected: [String]) -> Bool {
    answers.count == expected.count && zip(answers, expected).allSatisfy { $0.hasPrefix($1) }
}
