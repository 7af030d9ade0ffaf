import Mail
import Testing

/// An answer of somebody outside.
func reply(_ text: String, html: Bool = false) throws -> Letter {
    try letter(
        """
        From: Bo Lund <bo@lundel.example>
        Subject: SV: Tilbud
        Content-Type: text/\(html ? "html" : "plain"); charset=utf-8

        \(text)
        """)
}

@Suite("New text, quotation and signature")
struct ReplyTests {
    @Test(
        "introductions of quotations in Danish and English",
        arguments: [
            "Den tir. 24. nov. 2026 kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:",
            "Den 24. november 2026 kl. 10.12 skrev Jonas Holm\n<jh@fjordtek.example>:",
            "On Tue, Nov 24, 2026 at 10:12 AM Jonas Holm <jh@fjordtek.example> wrote:",
            "Jonas Holm <jh@fjordtek.example> skrev den 24. november 2026:",
        ])
    func introductions(_ line: String) throws {
        let read = try reply("Ja tak.\n\n\(line)\n\n> Vil I have det?")
        #expect(read.text == "Ja tak." && read.quoted.contains("Vil I have det?") && read.exchanges.isEmpty)
    }

    @Test("an answer below the whole mail is the new text alone")
    func bottom() throws {
        let read = try reply(
            "Den 24. november 2026 skrev Jonas:\n> Hej Bo\n>\n> Passer uge 49?\n\nDet gør den.\n\nMvh Bo")
        #expect(read.text == "Det gør den." && read.signature == "Mvh Bo" && read.exchanges.isEmpty)
        #expect(read.quoted.hasPrefix("Den 24. november") && read.quoted.hasSuffix("Passer uge 49?"))
    }

    @Test(
        "an answer below the mail is the text though a signature stands above it",
        arguments: ["Mvh Bo Lund", "Sendt fra min iPhone", "-- \nBo Lund"])
    func signatureAbove(_ signature: String) throws {
        let quotation = "Den 24. november 2026 skrev Jonas:\n> Hvor mange brugere?\n>\n> Mvh Jonas"
        let read = try reply("\(signature)\n\n\(quotation)\n\nVi er 25.")
        #expect(read.text == "Vi er 25." && read.signature.hasSuffix(signature.suffix(6)) && read.exchanges.isEmpty)
        // Where something is said above, what stands below it is as before.
        let both = try reply("Ja tak.\n\n\(quotation)\n\nVi er 25.")
        #expect(both.text == "Ja tak.\n\nVi er 25.")
    }

    @Test(
        "a postscript is said, not signed",
        arguments: ["PS. Vi skal også bruge support.", "P.S. We need support as well.", "Ps: husk også\nsupport"])
    func postscript(_ postscript: String) throws {
        let read = try letter(
            "From: a@b.example\nSubject: x\n\nVi vil have en pris.\n\nMvh\nBo Lund\n\n\(postscript)\n\nDenne e-mail er scannet."
        )
        #expect(read.text == "Vi vil have en pris.\n\n\(postscript)")
        #expect(read.signature.hasPrefix("Mvh\nBo Lund") && read.signature.hasSuffix("scannet."))
        #expect(!read.signature.contains("support"))
    }

    @Test("a company whose name begins like a postscript stays in the signature")
    func companyLikePostscript() throws {
        let read = try reply("Ja tak.\n\nMvh\nBo Lund\nPS Entreprise og Anlæg ApS\nCVR 24256790")
        #expect(read.text == "Ja tak." && read.signature.hasSuffix("CVR 24256790"))
    }

    @Test("a quoted line that was broken in sending is no answer, however it goes on")
    func brokenLines() throws {
        let quotation = """
            > Vi har 900 fakturaer om måneden, og de bliver alle tastet ind i Business
            Central i hånden.
            >
            > Kan I sige mig, hvor mange afdelingsledere der skal kunne godkende dem fra
            telefonen?
            """
        let top = try reply("Fjorten.\n\nDen 24. nov. 2026 skrev Jonas:\n\(quotation)")
        #expect(top.text == "Fjorten." && top.exchanges.isEmpty && top.quoted.contains("telefonen?"))
        let below = try reply("Den 24. nov. 2026 skrev Jonas:\n\(quotation)\n\nFjorten.")
        #expect(below.text == "Fjorten." && below.exchanges.isEmpty)
        let answered = try reply("> Hvor mange afdelingsledere skal kunne godkende fakturaer fra telefonen?\nFjorten.")
        #expect(answered.exchanges.map(\.answer) == ["Fjorten."])
        let within = try reply(
            "> Skriv gerne antal brugere og hvilken dato I regner med at skulle starte op\n25 stk, 1. december\n> Og hvem er kontakt\nMette Lyng, indkøb"
        )
        #expect(within.exchanges.map(\.answer) == ["25 stk, 1. december", "Mette Lyng, indkøb"])
        #expect(
            try reply("Vi har brug for:\nRAM>16 GB\nCPU>4 kerner").text == "Vi har brug for:\nRAM>16 GB\nCPU>4 kerner")
        #expect(try reply("Ja.\n\nJH> Er I klar?\nJH>> Hvornår?").text == "Ja.")
    }

    @Test(
        "closings start the signature",
        arguments: ["Mvh", "Med venlig hilsen", "Venlig hilsen", "Best regards", "Kind regards,", "-- "])
    func closings(_ closing: String) throws {
        let read = try letter(
            "From: a@b.example\nSubject: x\n\nVi vil have en pris.\n\n\(closing)\nBo Lund\nLund El ApS")
        #expect(read.text == "Vi vil have en pris." && read.signature.contains("Lund El ApS"))
    }
}
