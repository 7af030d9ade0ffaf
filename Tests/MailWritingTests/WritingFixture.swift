import Foundation
import Testing

@testable import Mail

/// A mail with everything in it that a test does not care about.
func mail(
    from: Mailbox = Mailbox(name: "Brevdue", address: "leads@fjordtek.example"),
    to: [Mailbox] = [Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example")], subject: String = "Emne",
    messageID: String = "<a1.brevdue@fjordtek.example>", inReplyTo: String? = nil, references: [String] = [],
    fields: [OutgoingMail.Field] = [], text: String = "Hej\n", html: String = "<p>Hej</p>\n"
) -> OutgoingMail {
    OutgoingMail(
        from: from, to: to, subject: subject, date: Date(timeIntervalSince1970: 1_795_506_731), messageID: messageID,
        inReplyTo: inReplyTo, references: references, fields: fields, text: text, html: html)
}

extension OutgoingMail {
    /// The octets as text; they are ASCII unless an address is not.
    var written: String { String(decoding: octets, as: UTF8.self) }

    /// Lines without their CRLF.
    var lines: [String] {
        written.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
    }

    /// Lines before the first empty one.
    var headerLines: [String] { Array(lines.prefix { !$0.isEmpty }) }

    /// Read back by the Mail room, as a stranger's.
    func readBack() throws -> Letter { try Letter(octets, reading: ReadingOptions(own: OwnPeople())) }
}

/// What Python's `email` package reads in a mail.
struct PythonReading: Decodable {
    var headers: [[String]]
    var defects: [String]
    var types: [String]
    var text: String
    var html: String

    func header(_ name: String) -> String? { headers.first { $0[0].lowercased() == name.lowercased() }?[1] }

    private static let script = """
        import email, email.policy, json, sys
        message = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
        parts = list(message.walk())
        defects = [type(d).__name__ for p in parts for d in p.defects]
        defects += [type(d).__name__ for p in parts for h in p.values() for d in getattr(h, 'defects', [])]
        json.dump({'headers': [[k, str(v)] for k, v in message.items()], 'defects': defects,
            'types': [p.get_content_type() for p in parts],
            'text': message.get_body(('plain',)).get_content(), 'html': message.get_body(('html',)).get_content()}, sys.stdout)
        """

    static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

    static func read(_ mail: OutgoingMail) throws -> PythonReading {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-I", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // The mails are far smaller than a pipe holds.
        try input.fileHandleForWriting.write(contentsOf: Data(mail.octets))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try JSONDecoder().decode(PythonReading.self, from: answer)
    }
}
