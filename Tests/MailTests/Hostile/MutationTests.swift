import Mail
import Testing

@Suite("Hostile mail")
struct HostileTests {
    @Test(
        "a hundred thousand quotation marks, deep nesting and broken parts are read in time", .timeLimit(.minutes(1)),
        arguments: [
            "From: a@b.example\nSubject: x\n\n" + String(repeating: "> ", count: 100_000),
            "From: a@b.example\nSubject: x\n\n" + String(repeating: ">\n", count: 100_000),
            "From: a@b.example\nSubject: " + String(repeating: "=?utf-8?Q?a?= ", count: 20_000) + "\n\nHej",
            "From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
                + (0..<3000).map { "--b\nContent-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined(),
            "From: a@b.example\nSubject: x\nContent-Type: text/html\n\n" + String(repeating: "<div>", count: 50_000)
                + "Hej",
            "From: a@b.example\nSubject: FW: x\n\n" + String(repeating: "Fra: a\n", count: 20_000),
        ])
    func adversarial(_ text: String) throws {
        let read = try letter(text)
        #expect(read.from.first?.address == "a@b.example")
    }

    @Test("any change of a mail still gives a letter or a refusal, and the same one again")
    func mutations() throws {
        let mail = Array(
            "From: Jonas <jh@fjordtek.example>\r\nSubject: VS: Pris\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hej</p><blockquote>Fra: a</blockquote>"
                .utf8)
        var state: UInt64 = 7
        for _ in 0..<2000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var octets = mail
            octets[Int(state >> 33) % octets.count] = UInt8(truncatingIfNeeded: state >> 20)
            octets.removeLast(Int(state >> 40) % 40)
            let first = try? Letter(octets, reading: ReadingOptions())
            #expect((try? Letter(octets, reading: ReadingOptions())) == first)
        }
    }
}
