import COpenSSL

/// What a signature of PKCS #7 or CMS encloses (RFC 5652 section 5), taken out without asking whether it is right.
package enum SignedContent {
    /// `nil` when the octets are no such signature, or enclose nothing.
    package static func read(_ octets: [UInt8]) -> [UInt8]? {
        signed(octets) { CMSMessage.content(of: $0) }
    }

    /// Whether it encloses nothing and nobody signed it; then it only carries certificates (RFC 5652 section 5.1).
    static func isEmpty(_ octets: [UInt8]) -> Bool {
        signed(octets) { message in
            CMS_get0_content(message)?.pointee == nil && OPENSSL_sk_num(CMS_get0_SignerInfos(message)) <= 0
        } ?? false
    }

    private static func signed<Value>(_ octets: [UInt8], _ body: (OpaquePointer) -> Value?) -> Value? {
        CMSMessage.read(octets) { OBJ_obj2nid(CMS_get0_type($0)) == NID_pkcs7_signed ? body($0) : nil }
    }
}
