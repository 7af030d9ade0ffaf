import Foundation
import TestSupport
import Testing

@Suite("Recipients at the door")
struct IntakeTests {
    @Test(
        "a domain written in Danish letters and in its form of DNS is the same domain, and who is ours is told apart",
        .timeLimit(.minutes(1)))
    func domainSpellings() async throws {
        let folder = try Repository.temporaryFolder("intake")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(
            directory: folder,
            extra: ["BREVDUE_SMTP_RECIPIENTS": "leads@blåbær.example,tilbud@xn--bkgrd-orae.example,leads@[192.0.2.1]"])
        try await daemon.run { _ in
            let wire = try Wire(port: daemon.smtpPort)
            #expect(wire.reply().hasPrefix("220 "))
            #expect(wire.command("EHLO laptop.fjordtek.example").hasPrefix("250 "))
            for address in [
                "leads@blåbær.example", "leads@xn--blbr-roah.example", "leads@bla\u{30A}bær.example",
                "tilbud@bækgård.example", "tilbud+2@XN--BKGRD-ORAE.example",
            ] {
                #expect(wire.command("MAIL FROM:<jh@fjordtek.example> SMTPUTF8").hasPrefix("250 "))
                #expect(wire.command("RCPT TO:<\(address)>").hasPrefix("250 "), "\(address)")
                #expect(wire.command("RCPT TO:<ingen@blåbær.example>").hasPrefix("550 5.1.1"))
                #expect(wire.command("RCPT TO:<leads@andre.example>").hasPrefix("550 5.7.1"))
                #expect(wire.command("DATA").hasPrefix("354 "))
                wire.send("Subject: Hej\r\n\r\n\(address)\r\n.\r\n")
                #expect(wire.reply().hasPrefix("250 "))
            }
            // An address literal that is ours, and one that is not; postmaster of our own domain, where no mailbox is.
            #expect(wire.command("MAIL FROM:<>").hasPrefix("250 "))
            for (address, reply) in [
                ("leads@[192.0.2.1]", "250 "), ("leads@[192.0.2.2]", "550 5.7.1"), ("Postmaster", "250 "),
                ("postmaster@fjordtek.example", "250 "), ("jh@fjordtek.example", "550 5.1.1"),
            ] {
                #expect(wire.command("RCPT TO:<\(address)>").hasPrefix(reply), "\(address)")
            }
            #expect(wire.command("QUIT").hasPrefix("221 "))
        }
    }
}
