import Testing

@testable import Mail

@Suite("Text whose lines were broken for sending")
struct FlowedTextTests {
    @Test(
        "lines that end with a space go on in the next",
        arguments: [
            ("Vi vil gerne \nhave en pris.\nMvh", "Vi vil gerne have en pris.\nMvh"), ("a\nb", "a\nb"),
            (" From here\n >no quote", "From here\n>no quote"), ("> Kan I \n> levere?\nJa.", "> Kan I levere?\nJa."),
            ("> a \nb", "> a \nb"), ("Hej \n-- \nBo", "Hej \n-- \nBo"), (">> a \n>> b\n> c", ">> a b\n> c"), ("", ""),
        ])
    func joins(_ sent: String, _ text: String) {
        #expect(String(decoding: FlowedText.unflow(Array(sent.utf8), deletesSpace: false), as: UTF8.self) == text)
    }

    @Test("the space goes where the sender says so (DelSp)")
    func deletesSpace() {
        #expect(FlowedText.unflow(Array("Fortsæt \ntelse".utf8), deletesSpace: true) == Array("Fortsættelse".utf8))
    }

    @Test("a mail in this form reads as it was written")
    func mail() throws {
        let read = try letter(
            """
            From: bo@lund.example
            Subject: Pris
            Content-Type: text/plain; charset=utf-8; format=flowed

            Vi er atten medarbejdere og vil gerne \n\
            have en pris.

            -- \n\
            Bo Lund
            """)
        #expect(read.text == "Vi er atten medarbejdere og vil gerne have en pris.")
        #expect(read.signature.hasSuffix("Bo Lund"))
    }
}
