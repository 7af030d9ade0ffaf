import Foundation
import Mail
import Postgres
import Subprocess
import TestSupport
import Testing

/// What a 250 promises, and what happens on failure and stop, at the SMTP port of the real daemon.
@Suite("What a 250 promises", .serialized)
struct PromiseTests {
    private static func forward(_ id: String) -> String {
        let mail = PlainMail.forward(
            id, of: "Vi får 900 leverandørfakturaer om måneden.\n\nMette\nCVR 91430525",
            by: "Mette Lyngholm <mly@vestklit.example>")
        return String(decoding: mail.octets, as: UTF8.self)
    }

    @Test(
        "44, 46: it names the stored message, which is there by then; sent again it is the same one, answered once",
        .timeLimit(.minutes(2)))
    func stored() async throws {
        try await Desk.open("promise") { desk in
            let wire = try Wire(port: desk.daemon.smtpPort)
            #expect(wire.open())
            let mail = Self.forward("f1")
            let reply = wire.hand(mail)
            #expect(reply.hasPrefix("250 2.0.0 Ok: stored as "), "\(reply)")
            let id = try #require(reply.split(separator: " ").last.flatMap { Int64($0) })
            let rows = try await desk.pool.query("SELECT raw FROM brevdue.arrival WHERE id = \(id)")
            #expect(try rows.map { try $0.decode([UInt8].self) } == [Array(mail.utf8)])
            #expect(
                try await desk.rows("SELECT current_setting('fsync'), current_setting('synchronous_commit')") == [
                    "on on"
                ])
            // As a client would that did not hear the answer.
            let again = try Wire(port: desk.daemon.smtpPort)
            #expect(again.open() && again.hand(mail) == reply)
            try await desk.settle()
            #expect(try await desk.rows("SELECT count(*)::text, '' FROM brevdue.arrival") == ["1 "])
            #expect(try await desk.mails(nil, 1).count == 1)
            // To another mailbox it is stored by itself, and not answered again.
            let other = again.hand(mail, to: ["leads+kopi@fjordtek.example"])
            #expect(other.hasPrefix("250 ") && other != reply)
            try await desk.settle()
            #expect(try await desk.mails(nil, 1).count == 1)
            #expect(try await desk.daemon.get("/v1/messages/\(id)/raw", token: desk.token) == mail)
        }
    }

    @Test(
        "17, 45: while the database hangs recipients are known all the same, mail is put off, and the session goes on",
        .timeLimit(.minutes(2)))
    func databaseHangs() async throws {
        try await Desk.open("hangs") { desk in
            let wire = try Wire(port: desk.daemon.smtpPort)
            #expect(wire.open())
            let mail = Self.forward("f1")
            try await desk.daemon.withFrozenDatabase {
                #expect(wire.hand(mail, to: ["nobody@fjordtek.example"]).hasPrefix("550 5.1.1"))
                #expect(wire.command("RSET").hasPrefix("250 "))
                let reply = wire.hand(mail)
                #expect(reply.hasPrefix("451 4.3.0"), "\(reply)")
                #expect(wire.command("NOOP").hasPrefix("250 "))
            }
            try await until("mail is taken again") { wire.hand(mail).hasPrefix("250 2.0.0") }
            try await desk.settle()
            // Whether the attempts before were committed in the end or not.
            #expect(try await desk.rows("SELECT count(*)::text, '' FROM brevdue.arrival") == ["1 "])
            #expect(try await desk.mails(nil, 1).count == 1)
        }
    }

    @Test(
        "47: asked to stop it tells idle sessions at once, lets a message end, cuts off one that does not, keeps none of it",
        .timeLimit(.minutes(2)))
    func stop() async throws {
        let folder = try Repository.temporaryFolder("stop")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder, extra: ["BREVDUE_SMTP_STOP_SECONDS": "3"])
        let begin = Mark()
        let status = try await daemon.run { running in
            let wires = try (0..<3).map { _ in try Wire(port: daemon.smtpPort) }
            for wire in wires { #expect(wire.open()) }
            let (idle, ending, endless) = (wires[0], wires[1], wires[2])
            for wire in [ending, endless] {
                #expect(wire.begin().hasPrefix("354 "))
                wire.send("From: jh@fjordtek.example\r\nSubject: Halv\r\n")
            }
            begin.set()
            running.signal(SIGTERM)
            #expect(idle.reply().hasPrefix("421 4.3.2"))
            try await until("nobody is let in any more", within: .seconds(3)) {
                guard let wire = try? Wire(port: daemon.smtpPort) else { return true }
                return !wire.reply().hasPrefix("220")
            }
            ending.send("\r\nHej\r\n.\r\n")
            let said = ending.read { $0.contains("421 ") }
            #expect(said.hasPrefix("250 2.0.0") && said.contains("\r\n421 4.3.2"), "\(said)")
            #expect(endless.reply().hasPrefix("421 4.3.2"))
            try await until("it has ended") { !running.isAlive }
        }.status
        #expect(status.isSuccess && begin.age < .seconds(10))
        try await daemon.run { _ in
            let pool = daemon.pool()
            defer { pool.close() }
            let rows = try await pool.query("SELECT convert_from(raw, 'UTF8') FROM brevdue.arrival")
            let stored = try rows.map { try $0.decode(String.self) }
            #expect(stored == ["From: jh@fjordtek.example\r\nSubject: Halv\r\n\r\nHej\r\n"])
        }
    }
}
