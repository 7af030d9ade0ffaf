import Mail
import Testing
import Understanding

/// Mail of machines that send for many, and which company it is about.
@Suite("Notices of machines")
struct MachineTests {
    struct Notice: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var name = "Proff"
        var text = "Der er nyt om en virksomhed, du følger."
        var signature = ""
        var status: LinkDecision.Status
    }

    @Test(
        "a machine speaks for whom its display name says, and else a person is asked",
        arguments: [
            Notice(
                testDescription: "an invoice sent by a service", name: "Skovby Grus & Sten A/S",
                signature: "Skovby Grus & Sten A/S\nCVR-nr. 24256790\nTlf. 10 40 50 33", status: .linked),
            Notice(
                testDescription: "a company that is told of", text: "Thyge Tøj ApS\nCVR-nummer: 24256790",
                status: .ambiguous),
            Notice(
                testDescription: "a company that is told of, and who tells it", text: "Thyge Tøj ApS, CVR-nr. 24256790",
                signature: "Proff A/S\nCVR 13748136", status: .ambiguous),
            Notice(
                testDescription: "only who runs it", name: "MobilePay", signature: "Nets A/S\nCVR 24256790",
                status: .ambiguous),
            Notice(testDescription: "no number", status: .none),
        ])
    func notice(_ test: Notice) {
        for address in ["noreply@service.example", "alerts@service.example"] {
            let sender = Mailbox(name: test.name, address: address)
            let letter = Letter.sample(text: test.text, signature: test.signature, from: sender)
            #expect(letter.linked().status == test.status)
            #expect(ContactReader.read(letter).contact.address == nil, "nobody is answered there")
            #expect(letter.introducible == nil)
        }
    }
}
