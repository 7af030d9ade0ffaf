import CTNEF
import Glibc

/// RTF as Outlook packs it (MS-OXRTFCP).
enum CompressedRTF {
    /// `nil` where it is damaged.
    static func unpack(_ octets: [UInt8]) -> [UInt8]? {
        // The length of what it unpacks to stands second; the library trusts it.
        guard octets.count >= 16, let size = LittleEndian.integer(octets[4..<8]), size <= 16 << 20 else { return nil }
        // Framed only, which the library gets wrong (section 2.1.3.1.4).
        if octets[8..<12].elementsEqual("MELA".utf8) { return Array(octets[16...].prefix(size)) }
        var octets = octets
        return octets.withUnsafeMutableBufferPointer { buffer in
            var packed = variableLength(data: buffer.baseAddress, size: Int32(buffer.count))
            var count: Int32 = 0
            guard let unpacked = DecompressRTF(&packed, &count) else { return nil }
            defer { free(unpacked) }
            return Array(UnsafeBufferPointer(start: unpacked, count: max(0, Int(count))))
        }
    }
}
