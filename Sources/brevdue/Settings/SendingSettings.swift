/// How much mail goes out.
struct SendingSettings: Sendable {
    /// Mails to one domain of others at a time, and within a minute.
    var domainConnections: Int
    var domainPerMinute: Int
    /// Automatic mails a day to one of our own people, and to an outsider.
    var ownPerDay: Int
    var outsiderPerDay: Int
}

extension SettingsReader {
    func sending() throws(SettingsError) -> SendingSettings {
        SendingSettings(
            domainConnections: try number("relay.domain_connections", in: 1...100) ?? 4,
            domainPerMinute: try number("relay.domain_per_minute", in: 1...100_000) ?? 60,
            ownPerDay: try number("replies.own_per_day", in: 0...1_000_000) ?? 500,
            outsiderPerDay: try number("replies.outsider_per_day", in: 0...1_000_000) ?? 1)
    }
}
