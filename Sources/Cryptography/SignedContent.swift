import COpenSSL

/// What a signature of PKCS #7 or CMS encloses (RFC 5652 section 5), taken out without asking whether it is right.
package enum SignedContent {
    /// `nil` when the octets are no such signature, or enclose nothing.
    package static func read(_ octets: [UInt8]) -> [UInt8]? {
        signed(octets) { message in
            guard let content = CMS_get0_content(message)?.pointee, let start = ASN1_STRING_get0_data(content) else {
                return nil
            }
            return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(content))))
        }
    }

    /// Whether it encloses nothing and nobody signed it; then it only carries certificates (RFC 5652 section 5.1).
    static func isEmpty(_ octets: [UInt8]) -> Bool {
        signed(octets) { message in
            CMS_get0_content(message)?.pointee == nil && OPENSSL_sk_num(CMS_get0_SignerInfos(message)) <= 0
        } ?? false
    }

    private static func signed<Value>(_ octets: [UInt8], _ body: (OpaquePointer) -> Value?) -> Value? {
        defer { ERR_clear_error() }
        return octets.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let message = d2i_CMS_ContentInfo(nil, &position, buffer.count) else { return nil }
            defer { CMS_ContentInfo_free(message) }
            return OBJ_obj2nid(CMS_get0_type(message)) == NID_pkcs7_signed ? body(message) : nil
        }
    }
}
