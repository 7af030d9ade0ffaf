import Rules

/// A key of the configuration (README, "Configuration").
struct SettingKey: Sendable {
    var name: String
    var isList = false

    /// `smtp.size_limit` is `BREVDUE_SMTP_SIZE_LIMIT`.
    var variable: String {
        "BREVDUE_" + name.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
    }

    static let all: [SettingKey] = [
        SettingKey(name: "data.directory"),
        SettingKey(name: "database.url"),
        SettingKey(name: "database.binaries"),
        SettingKey(name: "smtp.listen", isList: true),
        SettingKey(name: "smtp.size_limit"),
        SettingKey(name: "smtp.line_limit"),
        SettingKey(name: "smtp.error_limit"),
        SettingKey(name: "smtp.received_limit"),
        SettingKey(name: "smtp.stop_seconds"),
        SettingKey(name: "smtp.recipients", isList: true),
        SettingKey(name: "smtp.public_recipients", isList: true),
        SettingKey(name: "smtp.own_networks", isList: true),
        SettingKey(name: "smtp.hostname"),
        SettingKey(name: "smtp.tls.certificate", isList: true),
        SettingKey(name: "smtp.tls.key", isList: true),
        SettingKey(name: "smtp.submission.listen", isList: true),
        SettingKey(name: "smtp.submissions.listen", isList: true),
        SettingKey(name: "smtp.balancers", isList: true),
        SettingKey(name: "smtp.vouching_networks", isList: true),
        SettingKey(name: "smtp.vouching_id"),
        SettingKey(name: "smtp.vouching_ca"),
        SettingKey(name: "smtp.trusted_forwarders", isList: true),
        SettingKey(name: "dns.servers", isList: true),
        SettingKey(name: "http.listen"),
        SettingKey(name: "relay.url"),
        SettingKey(name: "relay.user"),
        SettingKey(name: "relay.password"),
        SettingKey(name: "relay.tls"),
        SettingKey(name: "relay.ca_file"),
        SettingKey(name: "relay.domain_connections"),
        SettingKey(name: "relay.domain_per_minute"),
        SettingKey(name: "replies.own_per_day"),
        SettingKey(name: "replies.outsider_per_day"),
        SettingKey(name: "attachments.ocr"),
        SettingKey(name: "attachments.size"),
        SettingKey(name: "attachments.seconds"),
        SettingKey(name: "attachments.wait"),
        SettingKey(name: "rules.directory"),
        SettingKey(name: "identity.name"),
        SettingKey(name: "identity.cvr", isList: true),
        SettingKey(name: "identity.domains", isList: true),
        SettingKey(name: "identity.people", isList: true),
        SettingKey(name: "identity.from"),
        SettingKey(name: "identity.public_url"),
        SettingKey(name: "log.level"),
        SettingKey(name: "log.format"),
    ]

    /// ` (did you mean smtp.listen?)`, or nothing when no key is near.
    static func suggestion(for name: String) -> String {
        Spelling.suggestion(for: name, among: all.map(\.name))
    }

    static func suggestion(forVariable name: String) -> String {
        Spelling.suggestion(for: name, among: all.map(\.variable))
    }
}
