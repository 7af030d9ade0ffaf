import Mail
import Testing

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
        let read = try letter("From: a@b.example\nSubject: SV: x\n\nJa tak.\n\n\(line)\n\n> Vil I have det?")
        #expect(read.text == "Ja tak." && read.quoted.contains("Vil I have det?"))
    }

    @Test("answers below or between the quotation are the new text")
    func interleaved() throws {
        let read = try letter("From: a@b.example\nSubject: SV: x\n\n> Hvor mange?\nAtten.\n> Hvornår?\nI marts.")
        #expect(read.text == "Atten.\nI marts." && read.quoted == "> Hvor mange?\n> Hvornår?")
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
