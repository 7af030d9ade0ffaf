import Foundation
import Testing

@testable import SMTPServer

/// What client and server say, read from the files beside.
///
/// A file is a case of smtp-cases or a family of them. `== 22: name` begins a dialogue. `C:` is sent with CRLF, `C-`
/// without; `C*20:` twenty times. `S:` is how one line of the server begins, `S*20:` twenty of them. `END` is the end of
/// the session by the server, `CUT` one without a word that could be read; `TLS` is the client's handshake. `STORED:` is
/// the content of a message that must have been stored, `WITH:` its protocol. `limit name value` and `port words` say how
/// the server is set up, and `live` that the clock matters. `\xNN`, `\r` and `\n` are octets, and `\$N` stands for so many
/// letters.
struct Dialogue: Sendable, CustomTestStringConvertible {
    enum Line: Equatable {
        case client([UInt8])
        case server(String)
        case tls
        case end
        case cut
    }

    /// Numbers of smtp-cases and what it is about.
    let testDescription: String
    private(set) var lines: [Line] = []
    private(set) var stored: [[UInt8]] = []
    private(set) var withs: [String] = []
    private(set) var bounds = SMTPLimits()
    private(set) var port: Set<String> = []
    /// Whether only a real connection can hold it.
    private(set) var isLive = false

    static let all: [Dialogue] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Dialogues")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.sorted { $0.path < $1.path }.flatMap { file in
            (try? String(contentsOf: file, encoding: .utf8)).map(read) ?? []
        }
    }()

    private static func read(_ text: String) -> [Dialogue] {
        var dialogues: [Dialogue] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("== ") {
                dialogues.append(Dialogue(testDescription: String(line.dropFirst(3))))
            } else if !dialogues.isEmpty {
                dialogues[dialogues.count - 1].add(line)
            }
        }
        return dialogues
    }

    private init(testDescription: String) {
        self.testDescription = testDescription
        bounds.slowdown = .zero
    }

    private mutating func add(_ line: Substring) {
        let words = line.split(separator: " ")
        switch words.first {
        case "END": lines.append(.end)
        case "CUT":
            lines.append(.cut)
            isLive = true
        case "TLS":
            lines.append(.tls)
            isLive = true
        case "live": isLive = true
        case "port": port.formUnion(words.dropFirst().map(String.init))
        case "limit": setLimit(String(words[1]), Double(words[2]) ?? 0)
        case "WITH:": withs.append(words.dropFirst().joined())
        case "STORED:": stored.append(Self.octets(line.dropFirst(8)))
        default: addSpoken(line)
        }
    }

    private mutating func addSpoken(_ text: Substring) {
        let mark = text.dropFirst().firstIndex { $0 == ":" || $0 == "-" } ?? text.startIndex
        let count = Int(text[..<mark].dropFirst(2)) ?? 1
        let content = text[mark...].dropFirst(2)
        let octets = Self.octets(content) + (text[mark] == ":" ? [0x0D, 0x0A] : [])
        let line = text.hasPrefix("C") ? Line.client(octets) : .server(String(content))
        lines += Array(repeating: line, count: count)
    }

    private mutating func setLimit(_ name: String, _ value: Double) {
        switch name {
        case "errors": bounds.errors = Int(value)
        case "messageSize": bounds.messageSize = Int(value)
        case "dataLine": bounds.dataLine = Int(value)
        case "receivedFields": bounds.receivedFields = Int(value)
        case "recipients": bounds.recipients = Int(value)
        case "idle": bounds.idle = .seconds(value)
        case "handshake": bounds.handshake = .seconds(value)
        default: Issue.record("no limit is named \(name)")
        }
    }

    private static func octets(_ text: Substring) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = text
        while let character = rest.popFirst() {
            switch (character, rest.first) {
            case ("\\", "x"):
                octets.append(UInt8(rest.dropFirst().prefix(2), radix: 16) ?? 0)
                rest = rest.dropFirst(3)
            case ("\\", "r"), ("\\", "n"):
                octets.append(rest.popFirst() == "r" ? 0x0D : 0x0A)
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

extension Dialogue {
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
            case .server(let text): text
            case .end: "END"
            case .client, .tls, .cut: nil
            }
        }
    }

    var terms: SessionTerms {
        SessionTerms(
            offersTLS: port.contains("starttls"), requiresTLS: port.contains("requires-tls"),
            requiresAuthentication: port.contains("requires-login"), hasAuthenticator: !port.isEmpty)
    }

    var listener: SMTPListener {
        SMTPListener(
            address: "127.0.0.1:0", encryption: port.contains("encrypted") ? .implicit : .startTLS,
            requiresTLS: terms.requiresTLS, requiresAuthentication: terms.requiresAuthentication)
    }
}

/// Whether the answers are those expected, line by line.
func agree(_ answers: [String], _ expected: [String]) -> Bool {
    answers.count == expected.count && zip(answers, expected).allSatisfy { $0.hasPrefix($1) }
}
