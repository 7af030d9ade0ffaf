import SMTPClient

/// Whether the relay takes our mail: connection, TLS and log-in, without a mail.
enum RelayCheck {
    static func findings(_ settings: Settings) async -> [Finding] {
        guard let relay = settings.relay else {
            return [.warning("relay", "none: mail stays in the outbox", "set relay.url")]
        }
        do {
            let client = try SMTPClient(relay: try SMTPRelay(relay, heloName: settings.smtp.hostname))
            try await client.probe()
            return [.ok("relay", "\(relay.url) answers\(relay.user == nil ? "" : " and takes the log-in")")]
        } catch {
            return [
                .problem("relay", "\(relay.url): \(error)", "check relay.url, relay.tls, relay.user and relay.password")
            ]
        }
    }
}
