import Mail
import Testing

@Suite("The forwarder's signature below a forward")
struct ForwarderSignatureTests {
    private static let ours = "Jonas Holm\nSalgschef\n\nFjordtek ApS · Havnegade 8 · 7100 Vejle\nTlf. 10 40 50 17"
    private static let said = "Vi får 300 bilag om måneden. Hvad koster det?"
    private static let theirs = "Mvh\nPer Winther\nWinther Glas ApS\nTlf. 20 30 40 57"

    private static let header = """
        Fra: Per Winther <per@wintherglas.example>
        Sendt: 23. november 2026 20:44
        Til: Jonas Holm <jh@fjordtek.example>
        Emne: Bilag
        """

    private func read(_ inner: String, note: String = "Ring i dag", header: String = header) throws -> Letter {
        try forward("\(note)\n\n\(header)\n\n\(inner)")
    }

    @Test(
        "it is no word of the lead's, whose own is found above it",
        arguments: [
            "-- \nMvh Jonas\n\n\(ours)", "--\nJonas", "\u{2014}\nJonas Holm",
            "-- \nVenlig hilsen\n\n\(ours)", ours, "\n\(ours)",
            "Med venlig hilsen\n\n\(ours)", "Venlig hilsen\n\(ours)", "*Jonas Holm* | Salgschef\nTlf. 10 40 50 17",
            "\(ours)\n\nDenne e-mail er fortrolig og kun til rette modtager.", "-- \nFjordtek ApS\njh@fjordtek.example",
        ])
    func below(_ block: String) throws {
        for theirs in [Self.theirs, "/Per", "Venlig hilsen\nPer"] {
            let read = try read("\(Self.said)\n\n\(theirs)\n\n\(block)")
            #expect(read.text == Self.said && read.signature == theirs)
            #expect(read.note == "Ring i dag" && read.noteBelow == nil)
            #expect(read.forwarderSignature == String(block.drop { $0 == "\n" }).withoutEndSpaces)
        }
        let unsigned = try self.read("\(Self.said)\n\n\(block)")
        #expect(unsigned.text == Self.said && unsigned.signature.isEmpty)
    }

    @Test("both that above and that below are the forwarder's")
    func both() throws {
        let read = try read("\(Self.said)\n\n\(Self.theirs)\n\n-- \n\(Self.ours)", note: "Ring.\n\nMvh Jonas")
        #expect(read.note == "Ring." && read.forwarderSignature == "Mvh Jonas\n\n-- \n\(Self.ours)".withoutEndSpaces)
        #expect(read.signature == Self.theirs)
    }

    @Test("in HTML it stands outside of the quotation")
    func html() throws {
        let read = try letter(
            """
            From: Jonas Holm <jh@fjordtek.example>
            Subject: Fwd: Bilag
            Content-Type: text/html; charset=utf-8

            <div dir="ltr">Ring<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">\
            ---------- Forwarded message ---------<br>Fra: <strong>Per Winther</strong> \
            &lt;per@wintherglas.example&gt;<br>Date: man. 23. nov. 2026 kl. 20.44<br>Subject: Bilag<br>\
            To: Jonas Holm &lt;jh@fjordtek.example&gt;<br></div><br><br>Kan I læse 300 bilag?<br><br>\
            <div class="gmail_signature">Per Winther<br>Winther Glas ApS</div></div><br clear="all"><br>\
            <span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Mvh Jonas<br><br>\
            Jonas Holm<br>Tlf. 10 40 50 17</div></div>
            """, own: ["fjordtek.example"])
        #expect(read.text == "Kan I læse 300 bilag?" && read.signature == "Per Winther\nWinther Glas ApS")
        #expect(read.forwarderSignature.hasSuffix("Mvh Jonas\n\nJonas Holm\nTlf. 10 40 50 17"))
    }

    @Test("alone below a quotation it is no note; with a word of theirs it stays what it was")
    func belowQuotation() throws {
        let quoted = "Den 23. nov. 2026 kl. 14.37 skrev Per Winther <per@wintherglas.example>:\n\n> Kan I hjælpe?\n\n"
        let alone = try forward("Se her.\n\n\(quoted)Mvh Jonas\n\n\(Self.ours)")
        #expect(alone.text == "Kan I hjælpe?" && alone.noteBelow == nil && alone.note == "Se her.")
        #expect(alone.forwarderSignature == "Mvh Jonas\n\n\(Self.ours)")
        #expect(try forward("\(quoted)Ring nu.\n\nMvh Jonas").noteBelow == "Ring nu.\n\nMvh Jonas")
        #expect(try forward("\(quoted)Mvh\nEva Krag").noteBelow == "Mvh\nEva Krag")
    }

    @Test(
        "what the lead answers ends with it as well, and stays what is quoted",
        arguments: [
            "Fra: Jonas Holm <jh@fjordtek.example>\nSendt: 20. november 2026 09:12\nTil: Per Winther\nEmne: Bilag\n\nHvor mange?",
            "________________________________\nFra: Jonas Holm <jh@fjordtek.example>\nSendt: 20. november 2026 09:12\nTil: Per Winther\nEmne: Bilag\n\nHvor mange?",
            "Den fre. 20. nov. 2026 kl. 09.12 skrev Jonas Holm <jh@fjordtek.example>:\n\nHvor mange?",
            "-----Oprindelig meddelelse-----\nHvor mange?",
        ])
    func quoted(_ mail: String) throws {
        for block in [Self.ours, "-- \n\(Self.ours)"] {
            let read = try read("\(Self.said)\n\n\(Self.theirs)\n\n\(mail)\n\n\(block)")
            #expect(read.text == Self.said && read.signature == Self.theirs)
            #expect(read.quoted.hasSuffix(block.withoutEndSpaces) && read.forwarderSignature.isEmpty)
        }
    }

    @Test("below a quotation that is set off and has ended, it is the forwarder's")
    func ended() throws {
        let mail = """
            Den fre. 20. nov. 2026 kl. 09.12 skrev Jonas Holm <jh@fjordtek.example>:
            > Hvor mange?
            >
            > Jonas Holm
            """
        let read = try read("\(Self.said)\n\n\(Self.theirs)\n\n\(mail)\n\n-- \n\(Self.ours)")
        #expect(read.text == Self.said && read.signature == Self.theirs)
        #expect(read.forwarderSignature.hasSuffix(Self.ours) && !read.quoted.contains("Salgschef"))
    }

    @Test("of two who sent it on each may have signed below")
    func nested() throws {
        let read = try letter(
            """
            From: Ane Krogh <ak@fjordtek.example>
            Subject: VS: VS: Bilag
            Content-Type: text/plain; charset=utf-8

            Tag den.

            Fra: Jonas Holm <jh@fjordtek.example>
            Sendt: 24. november 2026 07:10
            Til: Ane Krogh
            Emne: VS: Bilag

            Ring.

            \(Self.header)

            \(Self.said)

            \(Self.theirs)

            \(Self.ours)

            --\u{20}
            Ane Krogh
            Tlf. 10 40 50 25
            """, own: ["fjordtek.example"])
        #expect(read.text == Self.said && read.signature == Self.theirs && read.forwardDepth == 2)
        #expect(read.forwarderSignature.hasSuffix("Ane Krogh\nTlf. 10 40 50 25"))
    }

    @Test(
        "the forwarder's name within what the lead wrote cuts nothing off",
        arguments: [
            "Jonas Holm\n\nPris på 300 bilag", "Jonas Holm\n\n\(said)\n\n\(theirs)",
            "Vi talte med\n\nJonas Holm\nTlf. 10 40 50 17\n\n\(theirs)", "\(said)\n\nJonas Holm, vil du ringe til mig?",
            "\(said)\n\nJonas Holm har fået vores tal\n\n\(theirs)", "\(said)\n\n-- \nPer Winther\nWinther Glas ApS",
            "\(said)\n\nMvh\nPer\n\nJonas Holm ringer i morgen, og så taler vi videre om det.",
        ])
    func names(_ text: String) throws {
        let read = try read(text)
        let all = (read.text + read.signature).filter { !$0.isWhitespace && $0 != "-" }
        #expect(all == text.filter { !$0.isWhitespace && $0 != "-" } && read.forwarderSignature.isEmpty)
    }

    @Test("a lead of the same name keeps their signature")
    func namesake() throws {
        let author = "Per Winther <per@wintherglas.example>"
        let header = Self.header.replacing(author, with: "Jonas Holm <jonas@holm.example>")
        let read = try read("\(Self.said)\n\n-- \nJonas Holm\nHolm VVS", header: header)
        #expect(read.text == Self.said && read.signature.hasSuffix("Jonas Holm\nHolm VVS"))
        let first = header.replacing("Jonas Holm <jonas", with: "Jonas Lund <jonas")
        let lund = try self.read("\(Self.said)\n\n-- \nJonas\nLund VVS", header: first)
        #expect(lund.signature.hasSuffix("Jonas\nLund VVS"))
    }
}

extension String {
    /// As text is kept: without spaces at the end of lines.
    fileprivate var withoutEndSpaces: String { replacing(" \n", with: "\n") }
}
