import CZlib
import TestSupport

/// A ZIP archive as office programs write it (APPNOTE.TXT).
struct ZIPWriter {
    private var octets: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    static func archive(_ files: [(String, String)]) -> [UInt8] {
        var writer = ZIPWriter()
        for (name, text) in files { writer.add(name, Array(text.utf8)) }
        return writer.finish()
    }

    mutating func add(_ name: String, _ content: [UInt8], stored: Bool = false) {
        let packed = stored ? content : Self.deflated(content)
        var header: [UInt8] = []
        header.add16(20)
        // No flags, the method, no date.
        for number in [0, stored ? 0 : 8, 0, 0x21] { header.add16(number) }
        header.add32(Int(content.withUnsafeBytes { crc32_z(0, $0.baseAddress, $0.count) }))
        header.add32(packed.count)
        header.add32(content.count)
        header.add16(name.utf8.count)
        header.add16(0)
        directory += [0x50, 0x4B, 0x01, 0x02, 20, 0] + header + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        directory.add32(octets.count)
        directory += name.utf8
        octets += [0x50, 0x4B, 0x03, 0x04] + header + name.utf8 + packed
        count += 1
    }

    func finish() -> [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0]
        end.add16(count)
        end.add16(count)
        end.add32(directory.count)
        end.add32(octets.count)
        end.add16(0)
        return octets + directory + end
    }

    /// Without the header and the check sum of zlib's own format.
    private static func deflated(_ content: [UInt8]) -> [UInt8] { zlib(content).dropFirst(2).dropLast(4) }

    static func zlib(_ content: [UInt8]) -> [UInt8] {
        var count = compressBound(uLong(content.count))
        var packed = [UInt8](repeating: 0, count: Int(count))
        compress2(&packed, &count, content, uLong(content.count), 9)
        return Array(packed.prefix(Int(count)))
    }
}
