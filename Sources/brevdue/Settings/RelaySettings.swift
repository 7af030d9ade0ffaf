import SMTPClient

/// Where mail goes out.
struct RelaySettings: Sendable {
    var url: String
    var user: String?
    var password: String?
    var tls: String
    var caFile: String?
}

extension SMTPRelay {
    init(_ relay: RelaySettings, heloName: String) throws(Fault) {
        try self.init(
            url: relay.url, user: relay.user, password: relay.password,
            tls: TLSPolicy(rawValue: relay.tls) ?? .required,
            caFile: relay.caFile, heloName: heloName)
    }
}
