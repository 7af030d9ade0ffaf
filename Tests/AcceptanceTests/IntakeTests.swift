import Foundation
import TestSupport
import Testing

@Suite("Recipients at the door")
struct IntakeTests {
    @Test(
        "a domain written in Danish letters and in its form of DNS is the same domain",
        .timeLimit(.minutes(1)))
    func domainSpellings() async throws {
        let folder = try Repository.temporaryFolder("intake")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(
            directory: folder,
            extra: ["BREVDUE_SMTP_RECIPIENTS": "leads@blåbær.example,tilbud@xn--bkgrd-orae.example"])
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
            #expect(wire.command("QUIT").hasPrefix("221 "))
        }
    }
}
