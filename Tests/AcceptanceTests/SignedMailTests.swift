import Foundation
import TestSupport
import Testing

/// What leaves through a real relay bears signatures that somebody else's verifier believes.
@Suite("Signed mail")
struct SignedMailTests {
    private struct Published: Decodable {
        var name: String
        var value: String
    }

    private struct Question: Encodable {
        var mail: Data
        var records: [String: String]
    }

    private static let verifier = """
        import base64, dkim, json, sys
        question = json.load(open(sys.argv[1]))
        mail = base64.b64decode(question["mail"])
        def text(name, timeout=5):
            name = name.decode() if isinstance(name, bytes) else name
            return question["records"].get(name.rstrip("."), "").encode() or None
        message = dkim.DKIM(mail)
        count = len([name for name, _ in message.headers if name.lower() == b"dkim-signature"])
        answers = []
        for index in range(count):
            try:
                answers.append(dkim.DKIM(mail).verify(idx=index, dnsfunc=text))
            except Exception as error:
                answers.append(False)
        json.dump(answers, open(sys.argv[2], "w"))
        """

    @Test(
        "the keys of `dkim create` sign every mail, RSA and Ed25519, and dkimpy believes both", .timeLimit(.minutes(2)))
    func signatures() async throws {
        let folder = try Repository.temporaryFolder("signed-mail")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sink = try SMTPSink(folder: folder + "/sink")
        let daemon = try TestDaemon(directory: folder, extra: ["BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(sink.port)"])
        var records: [String: String] = [:]
        for type in ["rsa", "ed25519"] {
            let line = try await daemon.command("dkim", "create", "--json", "--type", type, "--selector", type)
            let record = try JSONDecoder().decode(Published.self, from: Data(line.utf8))
            records[record.name] = record.value
        }
        #expect(records.keys.sorted() == ["ed25519._domainkey.fjordtek.example", "rsa._domainkey.fjordtek.example"])
        #expect(try await daemon.command("dkim", "list").split(separator: "\n").count == 2)
        await #expect(throws: TestFailure.self, "a key is never written over") {
            try await daemon.command("dkim", "create", "--selector", "rsa")
        }
        let mails = try await sink.run {
            try await daemon.run { _ in
                _ = try await daemon.send(
                    PlainMail.forward("f1", of: "Hvad koster 900 fakturaer?", by: "M <m@vestklit.example>").octets)
                return try await eventually("the summary left") { sink.mails.first.map { [$0] } }
            }.value
        }
        // The sink writes its own lines on top, and line ends of its own.
        let start = try #require(mails[0].range(of: "DKIM-Signature")).lowerBound
        let octets = Data(mails[0][start...].replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
        let answers: [Bool] = try await Python.run(Self.verifier, Question(mail: octets, records: records))
        #expect(answers == [true, true])
    }
}
