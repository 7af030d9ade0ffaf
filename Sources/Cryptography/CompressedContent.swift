import COpenSSL
import CZlib

/// What a compressed message of CMS holds (RFC 3274).
///
/// Debian's OpenSSL is built without compression, so that the octets are taken out with it and expanded with zlib.
package enum CompressedContent {
    package enum Failure: Error {
        case damaged
        /// It expands to more octets than were allowed.
        case tooLarge
    }

    package static func read(_ octets: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        let packed = CMSMessage.read(octets) { message -> [UInt8]? in
            OBJ_obj2nid(CMS_get0_type(message)) == NID_id_smime_ct_compressedData
                ? CMSMessage.content(of: message) : nil
        }
        guard let packed else { throw .damaged }
        return try expanded(packed, limit: limit)
    }

    private static func expanded(_ packed: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var state = z_stream()
        guard inflateInit_(&state, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw .damaged }
        defer { inflateEnd(&state) }
        var packed = packed
        var octets: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        var code = Z_OK
        while code == Z_OK, octets.count <= limit {
            packed.withUnsafeMutableBufferPointer { input in
                piece.withUnsafeMutableBufferPointer { output in
                    let used = Int(state.total_in)
                    state.next_in = input.baseAddress?.advanced(by: used)
                    state.avail_in = UInt32(clamping: input.count - used)
                    state.next_out = output.baseAddress
                    state.avail_out = UInt32(output.count)
                    code = inflate(&state, Z_NO_FLUSH)
                }
            }
            octets.append(contentsOf: piece.dropLast(Int(state.avail_out)))
        }
        guard octets.count <= limit else { throw .tooLarge }
        guard code == Z_STREAM_END else { throw .damaged }
        return octets
    }
}
