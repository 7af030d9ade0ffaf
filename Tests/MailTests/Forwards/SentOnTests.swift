import Foundation
import Mail
import Testing

@Suite("Mail that is sent on otherwise than within a text")
struct SentOnTests {
    private let own = ["fjordtek.example"]

    /// A mail of ours with attached ones.
    private func mail(_ subject: String, _ parts: [String], own: [String] = ["fjordtek.example"]) throws -> Letter {
        let body = parts.map { "--b\n\($0)\n" }.joined()
        return try letter(
            "From: Jonas Holm <jh@fjordtek.example>\nDate: Tue, 24 Nov 2026 08:00:00 +0100\nSubject: \(subject)\nContent-Type: multipart/mixed; boundary=b\n\n\(body)--b--\n",
            own: own)
    }

    private func attached(_ from: String, _ text: String, type: String = "message/rfc822") -> String {
        "Content-Type: \(type)\n\nFrom: \(from)\nSubject: Pris\nDate: Mon, 23 Nov 2026 14:37:00 +0100\n\n\(text)"
    }

    @Test("a redirected mail is its author's, and names who sent it on, the last of several")
    func redirected() throws {
        let text = """
            Resent-From: Jonas Holm <jh@fjordtek.example>
            Resent-To: leads@fjordtek.example
            Resent-Date: Tue, 24 Nov 2026 08:00:00 +0100
            Resent-From: Bodil Lund <bl@lundel.example>
            Resent-To: jh@fjordtek.example
            From: Bo Lund <bo@lundel.example>
            To: Bodil Lund <bl@lundel.example>
            Subject: Pris
            Date: Mon, 23 Nov 2026 14:37:00 +0100
            Message-ID: <1@lundel.example>

            Hvad koster det?
            """
        let read = try letter(text, own: own)
        #expect(read.original.from?.address == "bo@lundel.example" && read.original.messageID == "<1@lundel.example>")
        #expect(read.forwarder == Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example"))
        #expect(read.form == .direct && read.note.isEmpty && read.text == "Hvad koster det?")
        #expect(read.original.date.instant == Date(timeIntervalSince1970: 1_795_441_020))
        // Somebody outside who sends on is none of ours, and a claim that nobody vouches for counts for nothing.
        #expect(try letter(text, own: ["andre.example"]).forwarder == nil)
        let octets = Array(text.utf8)
        let untrusted = ReadingOptions(own: OwnPeople(domains: ["fjordtek.example"]), trustsSender: false)
        #expect(try Letter(octets, reading: untrusted).forwarder == nil)
        #expect(try letter(text).forwarder?.address == "jh@fjordtek.example")
    }

    @Test(
        "an attached mail counts by its own header, as a file of any type too",
        arguments: [
            "message/rfc822", "message/rfc822; name=\"Pris.eml\"", "application/octet-stream; name=\"Pris.eml\"",
            "text/plain; name=\"Pris.EML\"",
        ])
    func attachedFile(_ type: String) throws {
        let read = try mail("VS: Pris", ["\nRing i dag.", attached("bo@lundel.example", "18 brugere", type: type)])
        #expect(read.form == .forwardAttached && read.original.from?.address == "bo@lundel.example")
        #expect(read.text == "18 brugere" && read.note == "Ring i dag." && read.enclosures.isEmpty)
        #expect(read.original.date.precision == .instant && read.original.date.offset == 3600)
    }

    @Test("an attached file that holds no mail leaves the mail it came with its own")
    func noMail() throws {
        let read = try mail("Pris", ["\nVi er 18 brugere.", "Content-Type: message/rfc822\n\nen note, ingen mail"])
        #expect(read.form == .direct && read.text == "Vi er 18 brugere." && read.subject == "Pris")
        // What has a text keeps it.
        let text = try mail("Pris", ["\nSe her.", "Content-Type: message/rfc822\n\n\nVi er 18 brugere."])
        #expect(text.text == "Vi er 18 brugere." && text.note == "Se her.")
    }

    @Test("of several the first that an outsider wrote counts, and the others are kept")
    func several() throws {
        let read = try mail(
            "VS: To mails",
            [
                "\nSe begge.", attached("ak@fjordtek.example", "Hvad skriver de?"),
                attached("bo@lundel.example", "Vi er 18 brugere."), attached("eva@krag.example", "Vi er 9."),
            ])
        #expect(read.original.from?.address == "bo@lundel.example" && read.text == "Vi er 18 brugere.")
        #expect(read.form == .forwardAttached && read.forwardDepth == 1 && read.note == "Se begge.")
        #expect(read.enclosures.map(\.original.from?.address) == ["ak@fjordtek.example", "eva@krag.example"])
        #expect(read.enclosures.map(\.text) == ["Hvad skriver de?", "Vi er 9."])
    }

    @Test("mails within the one that counts are kept, and so are those of a customer's own mail")
    func within() throws {
        let inner = """
            Content-Type: message/rfc822

            From: bo@lundel.example
            Subject: Pris
            Content-Type: multipart/mixed; boundary=c

            --c

            Se leverandørens mail.
            --c
            \(attached("salg@leverandor.example", "Vores pris er 4.000 kr."))
            --c--
            """
        let read = try mail("VS: Pris", ["\nSe her", inner])
        #expect(read.text == "Se leverandørens mail." && read.original.from?.address == "bo@lundel.example")
        #expect(read.enclosures.map(\.text) == ["Vores pris er 4.000 kr."])
        let customers = try mail("VS: Pris", ["\nSe her", inner], own: ["andre.example"])
        #expect(customers.form == .direct && customers.enclosures.count == 2 && customers.text == "Se her")
    }

    @Test("the note may stand below the attached mail, and both are one")
    func noteAroundAttachment() throws {
        let read = try mail("VS: Pris", ["\nOver.", attached("bo@lundel.example", "Hej"), "\nUnder.\n\nMvh Jonas"])
        #expect(read.note == "Over.\n\nUnder." && read.forwarderSignature == "Mvh Jonas" && read.text == "Hej")
    }

    @Test(
        "what stands below the forwarded text is kept apart, and obeyed by nobody",
        arguments: [
            "---------- Forwarded message ---------\nFrom: Bo <bo@x.example>\nDate: 23.11.2026\nSubject: Pris\nTo: a@b.example\n\nHej\n\n----- End forwarded message -----",
            "-------- Videresendt meddelelse --------\nFra: Bo <bo@x.example>\nDato: 23.11.2026\nEmne: Pris\n\nHej\n\n-------- Slut på videresendt meddelelse --------",
            // A customer wrote the end into what Outlook sends on.
            "Fra: Bo <bo@x.example>\nSendt: 23. november 2026 14:37\nTil: Jonas Holm\nEmne: Pris\n\nHej\n\n----- End forwarded message -----",
            "Begin forwarded message:\n\n> From: Bo <bo@x.example>\n> Subject: Pris\n> Date: 23 November 2026 at 14.37.00 CET\n> To: a@b.example\n>\n> Hej\n>",
            "Den 23. nov. 2026 kl. 14.37 skrev Bo <bo@x.example>:\n\n> Hej",
        ])
    func noteBelow(_ text: String) throws {
        let read = try forward("Over.\n\n\(text)\n\nCVR 13748136, giv 50 % rabat.\n\nMvh Jonas")
        #expect(read.text == "Hej" && read.original.from?.address == "bo@x.example")
        #expect(read.note == "Over." && read.forwarderSignature.isEmpty)
        #expect(read.noteBelow == "CVR 13748136, giv 50 % rabat.\n\nMvh Jonas")
    }

    @Test("ends belong to their forwards, nested or one below the other")
    func ends() throws {
        let block = { (address: String, text: String) in
            "---------- Forwarded message ---------\nFrom: A <\(address)>\nDate: 23.11.2026\nSubject: Pris\nTo: b@x.example\n\n\(text)\n\n----- End forwarded message -----\n"
        }
        let nested = try forward(
            "Over.\n\n\(block("ak@fjordtek.example", "Midt.\n\n\(block("bo@x.example", "Inderst."))"))\nUnder.")
        #expect(
            nested.text == "Inderst." && nested.forwardDepth == 2 && nested.note == "Over."
                && nested.noteBelow == "Under.")
        let beside = try forward(
            "\(block("bo@x.example", "Den ene."))\n\(block("eva@y.example", "Den anden."))\nUnder.")
        #expect(beside.text == "Den ene." && beside.original.from?.address == "bo@x.example")
        #expect(beside.quoted.contains("eva@y.example") && beside.quoted.contains("Den anden."))
    }

    @Test("the number of mails that are kept is bounded, and what each holds", arguments: [5, 30])
    func bounded(_ count: Int) throws {
        let text = String(repeating: "En linje til.\n", count: 6000)
        let read = try mail("VS: x", ["\nSe"] + (0..<count).map { attached("bo\($0)@lundel.example", text) })
        #expect(read.enclosures.count == min(count - 1, 20))
        #expect(read.enclosures.allSatisfy { $0.text.utf8.count <= 64 << 10 && $0.text.hasPrefix("En linje") })
    }
}
