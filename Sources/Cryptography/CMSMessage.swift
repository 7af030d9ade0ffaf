import COpenSSL

/// A message of PKCS #7 or CMS, decoded for as long as a closure runs.
enum CMSMessage {
    /// `nil` when the octets are no such message.
    static func read<Value>(_ octets: [UInt8], _ body: (OpaquePointer) -> Value?) -> Value? {
        defer { ERR_clear_error() }
        return octets.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let message = d2i_CMS_ContentInfo(nil, &position, buffer.count) else { return nil }
            defer { CMS_ContentInfo_free(message) }
            return body(message)
        }
    }

    /// What it encloses; `nil` when that is elsewhere.
    static func content(of message: OpaquePointer) -> [UInt8]? {
        guard let content = CMS_get0_content(message)?.pointee, let start = ASN1_STRING_get0_data(content) else {
            return nil
        }
        return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(content))))
    }
}
