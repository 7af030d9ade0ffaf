import Extraction
import Testing

@Suite("S/MIME as attachments", .timeLimit(.minutes(1)))
struct SealedTests {
    private static let inner = Array("Content-Type: text/plain\r\n\r\nVi ønsker 12 borde.\r\n".utf8)

    /// A tag with its length and what it encloses (X.690).
    private static func tag(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count
        return length < 0x80
            ? [tag, UInt8(length)] + content
            : [tag, 0x83, UInt8(length >> 16), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)] + content
    }

    private static let data = tag(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01])

    private static func contentInfo(_ type: [UInt8], _ content: [UInt8]) -> [UInt8] {
        tag(0x30, tag(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01] + type) + tag(0xA0, content))
    }

    private static func enclosed(_ octets: [UInt8]) -> [UInt8] {
        tag(0x30, data + tag(0xA0, tag(0x04, octets)))
    }

    private static func signed(_ octets: [UInt8]) -> [UInt8] {
        contentInfo([0x07, 0x02], tag(0x30, [0x02, 1, 1] + tag(0x31, []) + enclosed(octets) + tag(0x31, [])))
    }

    private static func compressed(_ octets: [UInt8]) -> [UInt8] {
        let zlib = tag(0x30, tag(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x03, 0x08]))
        return contentInfo(
            [0x09, 0x10, 0x01, 0x09], tag(0x30, [0x02, 1, 0] + zlib + enclosed(ZIPWriter.zlib(octets))))
    }

    @Test("what is signed or compressed is taken out, wrapped twice too")
    func opens() async {
        for octets in [
            Self.signed(Self.inner), Self.compressed(Self.inner), Self.signed(Self.compressed(Self.inner)),
            Self.compressed(Self.signed(Self.inner)),
        ] {
            let reading = await reading(octets, "application/pkcs7-mime", named: "smime.p7m")
            #expect(reading.outcome == .message, "\(reading)")
            #expect(reading.message == Self.inner)
        }
    }

    @Test("what is encrypted is said to be, and what is cut off damaged")
    func sealed() async {
        let encrypted = Self.contentInfo([0x07, 0x03], Self.tag(0x30, [0x02, 1, 0]))
        #expect(await reading(encrypted, "application/pkcs7-mime").reason?.code == .encrypted)
        let cut = Array(Self.signed(Self.inner).dropLast(20))
        #expect(await reading(cut, "application/pkcs7-mime").reason != nil)
        #expect(await reading([0x30, 0x82], "application/pkcs7-mime").reason?.code == .damaged)
    }

    @Test("what expands without end is not followed")
    func bomb() async {
        var limits = AttachmentExtractor.Limits()
        limits.unpacked = 4 << 20
        let bomb = Self.compressed([UInt8](repeating: 0x61, count: 16 << 20))
        #expect(bomb.count < 64 << 10)
        let reading = await reading(bomb, "application/pkcs7-mime", limits: limits)
        #expect(reading.reason?.code == .unpacksTooLarge, "\(reading)")
        var nested = Self.inner
        for _ in 0..<10 { nested = Self.signed(nested) }
        #expect(await ExtractionTests.reading(nested, "application/pkcs7-mime").reason?.code == .unpacksTooLarge)
    }
}
