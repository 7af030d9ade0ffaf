import COpenSSL

/// What a signature of PKCS #7 or CMS encloses (RFC 5652 section 5), taken out without asking whether it is right.
package enum SignedContent {
    /// `nil` when the octets are no such signature, or enclose nothing.
    package static func read(_ octets: [UInt8]) -> [UInt8]? {
        defer { ERR_clear_error() }
        return octets.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let message = d2i_CMS_ContentInfo(nil, &position, buffer.count) else { return nil }
            defer { CMS_ContentInfo_free(message) }
            guard OBJ_obj2nid(CMS_get0_type(message)) == NID_pkcs7_signed,
                let content = CMS_get0_content(message)?.pointee, let start = ASN1_STRING_get0_data(content)
            else { return nil }
            return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(content))))
        }
    }
}
