import Mail
import Testing

@Suite("Hostile mail")
struct HostileTests {
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
