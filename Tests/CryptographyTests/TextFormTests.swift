import Cryptography
import Testing

@Suite("Octets as text")
struct TextFormTests {
    @Test("every octet has two lower-case digits")
    func hexadecimal() {
        #expect(Hexadecimal.encode([UInt8]()) == "")
        #expect(Hexadecimal.encode([0x00, 0x09, 0x0A, 0x10, 0x9F, 0xFF]) == "00090a109fff")
        #expect(Hexadecimal.decode("00090a109fFF") == [0x00, 0x09, 0x0A, 0x10, 0x9F, 0xFF])
    }

    @Test("what is no hexadecimal is refused", arguments: ["0", "0g", "0x", " 0", "00 00", "\u{FF11}\u{FF12}"])
    func refusesHexadecimal(_ text: String) { #expect(Hexadecimal.decode(text) == nil) }

    /// RFC 4648 section 10, and the two characters in which the alphabets differ.
    static let vectors: [(octets: [UInt8], standard: String, url: String)] = [
        ([], "", ""), (Array("f".utf8), "Zg==", "Zg"), (Array("fo".utf8), "Zm8=", "Zm8"),
        (Array("foo".utf8), "Zm9v", "Zm9v"), (Array("foobar".utf8), "Zm9vYmFy", "Zm9vYmFy"),
        ([0xFB, 0xFF], "+/8=", "-_8"),
    ]

    @Test("base64 is read as it is written", arguments: vectors)
    func base64(_ octets: [UInt8], _ standard: String, _ url: String) {
        #expect(Base64.encode(octets) == standard)
        #expect(Base64.decode(standard) == octets)
        #expect(Base64URL.encode(octets) == url)
        #expect(Base64URL.decode(url) == octets)
    }

    @Test("what is no base64 is refused", arguments: ["Zg", "Zg=", "Z g=", "Zg==\n", "Zæ==", "Z", "-_8="])
    func refusesBase64(_ text: String) { #expect(Base64.decode(text) == nil) }

    @Test("what is no base64 of URLs is refused", arguments: ["Zg==", "+/8", "Z", "Zg Zg", "Zgæ"])
    func refusesBase64URL(_ text: String) { #expect(Base64URL.decode(text) == nil) }
}
