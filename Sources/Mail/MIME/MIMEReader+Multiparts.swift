import CGMime

extension MIMEReader {
    mutating func children(of pointer: UnsafeMutableRawPointer, type: String, depth: Int) -> [MIMEPart] {
        let multipart = pointer.assumingMemoryBound(to: GMimeMultipart.self)
        guard depth < limits.depth else {
            note("parts nested deeper than \(limits.depth)")
            return []
        }
        var children: [MIMEPart] = []
        for index in 0..<g_mime_multipart_get_count(multipart) {
            guard partsLeft > 0 else {
                note("more than \(limits.parts) parts")
                break
            }
            if let child = g_mime_multipart_get_part(multipart, index) {
                children.append(part(child, depth: depth + 1))
            }
        }
        return children + strayParts(of: multipart, type: type, isWhole: !children.isEmpty, depth: depth)
    }

    /// Parts that the boundary in the header does not show: it is missing or false, or was closed before its time.
    private mutating func strayParts(
        of multipart: UnsafeMutablePointer<GMimeMultipart>, type: String, isWhole: Bool, depth: Int
    ) -> [MIMEPart] {
        let text = isWhole ? g_mime_multipart_get_epilogue(multipart) : g_mime_multipart_get_prologue(multipart)
        guard let text, partsLeft > 0, files < Self.savedDepth else { return [] }
        let octets = GMimeAccess.octets(text, limit: Int.max)
        if let boundary = BrokenMultipart.boundary(in: octets) {
            note("parts between boundaries that the header does not name")
            let message = file(BrokenMultipart.mail(octets, type: type, boundary: boundary), depth: depth + 1)
            return message?.root.children ?? []
        }
        guard !isWhole else { return [] }
        return [MIMEPart(contentType: "text/plain", content: .text(readable(octets, label: nil)))]
    }
}
