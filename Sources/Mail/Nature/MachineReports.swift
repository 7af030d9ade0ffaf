/// Reports that machines send: of reading, of abuse, and on DMARC and TLS (RFC 8098, 5965, 7489, 8460).
enum MachineReports {
    private static let types = ReadingReceipt.types.union([
        "message/feedback-report", "application/tlsrpt+json", "application/tlsrpt+gzip",
    ])
    private static let archives: Set = [
        "application/gzip", "application/x-gzip", "application/zip", "application/x-zip-compressed", "application/xml",
        "text/xml", "application/octet-stream",
    ]

    static func includes(_ message: MIMEMessage) -> Bool {
        if message.field("TLS-Report-Domain") != nil || holds(message.root, where: { types.contains($0.contentType) }) {
            return true
        }
        // RFC 7489 section 7.2.1.1: the subject and the name of the file have a form of their own.
        let subject = message.subject.lowercased()
        let isNamed = { (part: MIMEPart) in part.filename.map { $0.split(separator: "!").count >= 4 } ?? false }
        if subject.hasPrefix("report domain:"), subject.contains("submitter:") {
            return holds(message.root) { archives.contains($0.contentType) }
        }
        return holds(message.root) { archives.contains($0.contentType) && isNamed($0) }
    }

    private static func holds(_ part: MIMEPart, where isMeant: (MIMEPart) -> Bool) -> Bool {
        isMeant(part) || part.children.contains { holds($0, where: isMeant) }
    }
}
