import COpenSSL

/// What a signature of PKCS #7 or CMS encloses (RFC 5652 section 5), taken out without asking whether it is right.
package enum SignedContent {
    /// `nil` when the octets are no such signature, or enclose nothing.
    package static func read(_ octets: [UInt8]) -> [UInt8]? {
        signed(octets) { CMSMessage.content(of: $0) }
    }

    private static func signed<Value>(_ octets: [UInt8], _ body: (OpaquePointer) -> Value?) -> Value? {
        CMSMessage.read(octets) { OBJ_obj2nid(CMS_get0_type($0)) == NID_pkcs7_signed ? body($0) : nil }
    }
}
