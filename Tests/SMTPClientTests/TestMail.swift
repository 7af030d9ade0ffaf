import SMTPClient

extension SMTPTransaction {
    /// A small mail.
    static func sample(_ text: String = "Hej\r\n") throws -> SMTPTransaction {
        try SMTPTransaction(
            envelopeFrom: "summary@us.example", recipient: "person@them.example",
            octets: Array("Subject: Tilbud\r\n\r\n\(text)".utf8))
    }
}

extension SMTPClient {
    /// A client of a relay without TLS.
    init(_ relay: ScriptedRelay, timeouts: SMTPRelay.Timeouts = .init()) throws {
        try self.init(relay: SMTPRelay(url: relay.url, tls: .none, heloName: "us.example", timeouts: timeouts))
    }
}

extension SMTPOutcome {
    /// The kind and, where there is one, the reply; reasons are libcurl's words and vary.
    var gist: String {
        switch self {
        case .accepted(let reply): "accepted \(reply.code)"
        case .rejected(let reply): "rejected \(reply.code)"
        case .unsupported: "unsupported"
        case .notConnected: "not connected"
        case .failedBeforeData: "failed before data"
        case .abortedBeforeData: "aborted before data"
        case .interrupted: "interrupted"
        case .uncertain: "uncertain"
        }
    }
}
