import Testing

@testable import Mail

private typealias Exchange = Letter.Exchange

@Suite("Answers written into a mail")
struct InsertedAnswerTests {
    private static let exchanges = [
        Exchange(question: "Hvor mange brugere er I?", answer: "25 brugere"),
        Exchange(question: "Skal I have support?", answer: "Ja tak."),
    ]

    private static let rule = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"

    /// What Outlook makes of a mail that is answered in a colour.
    private func outlook(_ said: String, color: String = "red", signature: String = "Mvh Bo", own: String = "black")
        -> String
    {
        """
        <p class=MsoNormal>Hej Jonas</p><p class=MsoNormal>\(said)</p><p class=MsoNormal>\(signature)</p>
        <div style="\(Self.rule)"><p class=MsoNormal><b>Fra:</b> Jonas Holm &lt;jh@fjordtek.example&gt;<br>
        <b>Sendt:</b> 23. november 2026 14:37<br><b>Til:</b> Bo Lund &lt;bo@lundel.example&gt;<br><b>Emne:</b> Tilbud</p></div>
        <p class=MsoNormal><span style="color:\(own)">Hej Bo</span></p>
        <p class=MsoNormal>Hvor mange brugere er I? <span style="color:\(color)">25 <b>brugere</b></span></p>
        <p class=MsoNormal>Skal I have support?</p><p class=MsoNormal style="color:\(color)">Ja tak.</p>
        <p class=MsoNormal>Mvh Jonas</p><p class=MsoNormal><span style="color:\(color)">Fjordtek ApS</span></p>
        """
    }

    @Test(
        "in the colour that is named are told from the mail",
        arguments: [
            ("Se mine svar med rødt nedenfor.", "red"), ("Svar i rød herunder", "#C00000"),
            ("Mine kommentarer er skrevet med blåt.", "#0070C0"), ("See my answers below in green.", "#00B050"),
            ("Please find our replies in purple", "#7030A0"), ("Svarene står med orange", "rgb(237,125,49)"),
        ])
    func tinted(_ said: String, _ color: String) throws {
        let read = try reply(outlook(said, color: color), html: true)
        #expect(read.exchanges == Self.exchanges && read.signature == "Mvh Bo")
        #expect(read.text.hasPrefix("Hej Jonas\n\n\(said)\n\n> Hej Bo\n\n> Hvor mange brugere er I?\n25 brugere"))
        #expect(read.text.hasSuffix("Ja tak.") && !read.text.contains("Fjordtek"))
        #expect(read.quoted.contains("Emne: Tilbud") && read.quoted.contains("Fjordtek ApS"))
    }

    @Test(
        "are not where none is named, or another, or all is in it",
        arguments: [
            ("Se mine svar nedenfor.", "red"), ("Se mine svar med blåt nedenfor.", "red"),
            ("Vi vil have en rød bil.", "red"), ("Se mine svar med blåt nedenfor.", "#1F497D"),
        ])
    func untold(_ said: String, _ color: String) throws {
        let read = try reply(outlook(said, color: color), html: true)
        #expect(read.exchanges.isEmpty && read.text == "Hej Jonas\n\n\(said)" && read.signature == "Mvh Bo")
        #expect(read.quoted.contains("Hvor mange brugere er I? 25 brugere"))
    }

    @Test("the HTML is read where the plain text beside it has lost the colour")
    func alternative() throws {
        let said = "Se mine svar med rødt nedenfor."
        let read = try letter(
            """
            From: Bo Lund <bo@lundel.example>
            Subject: SV: Tilbud
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8

            Hej Jonas

            \(said)

            Fra: Jonas Holm <jh@fjordtek.example>
            Sendt: 23. november 2026 14:37
            Til: Bo Lund <bo@lundel.example>
            Emne: Tilbud

            Hvor mange brugere er I? 25 brugere
            --b
            Content-Type: text/html; charset=utf-8

            \(outlook(said))
            --b--
            """)
        #expect(read.exchanges == Self.exchanges && read.textPart == "text/html")
    }

    @Test("behind the writer's name in brackets are told too, and the signature above goes last")
    func named() throws {
        let read = try reply(
            """
            Hej Jonas, se nedenfor.

            Mvh Bo
            Lund El ApS

            Fra: Jonas Holm <jh@fjordtek.example>
            Sendt: 23. november 2026 14:37
            Til: Bo Lund <bo@lundel.example>
            Emne: Tilbud

            Hej Bo

            Hvor mange brugere er I?
            [Bo Lund] 25 brugere
            Skal I have support? [Bo Lund] Ja tak.

            [Jonas Holm] Mvh

            Fra: Bo Lund <bo@lundel.example>
            Sendt: 22. november 2026 14:37
            Til: Jonas Holm <jh@fjordtek.example>
            Emne: Pris

            [Bo Lund] Hej
            """)
        #expect(read.exchanges == Self.exchanges && read.signature == "Mvh Bo\nLund El ApS")
        #expect(read.text.hasPrefix("Hej Jonas, se nedenfor.\n\n> Hej Bo") && read.text.hasSuffix("Ja tak."))
        #expect(read.quoted.hasSuffix("[Bo Lund] Hej"))
    }

    @Test("a signature above answers between marked lines goes last as well")
    func signatureAbove() throws {
        let read = try reply(
            "Svar nedenfor.\n\nMvh Bo\nCVR 24256790\n\nDen 24. nov. 2026 skrev Jonas:\n> Hvor mange brugere er I?\n25 brugere\n> Skal I have support?\nJa tak.\n> Mvh Jonas"
        )
        #expect(read.exchanges == Self.exchanges && read.signature == "Mvh Bo\nCVR 24256790")
        #expect(
            read.text == "Svar nedenfor.\n\n> Hvor mange brugere er I?\n25 brugere\n> Skal I have support?\nJa tak.")
    }

    @Test(
        "colours as people name them",
        arguments: [
            (0xFF0000, Tint.red), (0xC00000, .red), (0xED7D31, .orange), (0x00B050, .green), (0x70AD47, .green),
            (0x0070C0, .blue), (0x0000FF, .blue), (0x00B0F0, .blue), (0x7030A0, .purple), (0x000000, nil),
            (0x808080, nil),
            (0x1F497D, nil), (0xFFFFFF, nil), (0xFFFF00, nil),
        ] as [(UInt32, Tint?)])
    func tints(_ color: UInt32, _ tint: Tint?) { #expect(Tint(color) == tint) }
}
