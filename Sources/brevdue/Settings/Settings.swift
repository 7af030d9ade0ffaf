import Doors
import FoundationEssentials
import Hosts
import IMAPClient
import SMTPClient
import SMTPServer

/// The configuration, checked: every value usable, defaults filled in (README, "Configuration").
struct Settings: Sendable {
    struct Database: Sendable {
        /// `nil`: the embedded cluster in the data directory.
        var url: String?
        var binaries: String?
    }

    struct SMTP: Sendable {
        var listen: [String]
        /// Octets of one message, and of a line in it.
        var sizeLimit: Int
        var lineLimit: Int
        /// Errors that end a session, and Received fields that make a loop.
        var errorLimit: Int
        var receivedLimit: Int
        /// How long a message on its way may take once the daemon is to stop.
        var stopSeconds: Int
        var recipients: [String]
        /// Those of them whose mail from outside gets a receipt.
        var publicRecipients: [String]
        var ownNetworks: [Network]
        var hostname: String
        /// Chains and keys (PEM) of the certificates, the default one first; none: no TLS, no log-in.
        var certificates: [CertificateFiles]
        /// Ports of mail programs: by STARTTLS, and encrypted from the start (RFC 8314).
        var submission: [String]
        var submissions: [String]
        /// Load balancers that speak the PROXY protocol.
        var balancers: [Network]
        var vouching: Vouching
    }

    /// Whose word on a sender is believed.
    struct Vouching: Sendable {
        /// Relays in front of us, and the id that they write their results under (RFC 8601).
        var networks: [Network]
        var id: String?
        /// Authority of their client certificates.
        var authorityFile: String?
        /// Domains that forward our people's mail and seal it (RFC 8617).
        var forwarders: [String]
    }

    /// What stands in the configuration wins over `rules/company.yaml`.
    struct Identity: Sendable {
        var name: String?
        var cvr: [String]
        var domains: [String]
        var people: [String]
        var from: String?
        var publicURL: String?
    }

    enum LogFormat: String, CaseIterable { case json, text }

    /// What was given, by key.
    var given: [String: [String]]
    var dataDirectory: String
    var database: Database
    var smtp: SMTP
    var httpListen: String
    /// `nil`: the system's.
    var dnsServers: [String]?
    var mailboxes: [MailboxAccount]
    var relay: RelaySettings?
    var sending: SendingSettings
    var attachments: AttachmentSettings
    var rulesDirectory: String
    var identity: Identity
    var logLevel: String
    /// `nil`: text on a terminal, else JSON.
    var logFormat: LogFormat?
}

extension Settings {
    static let defaultFile = "brevdue.yaml"
    static let logLevels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    /// Reads the configuration.
    ///
    /// A `file` that was named must exist; without one, `brevdue.yaml` is read where it stands.
    static func load(file: String?, environment: [String: String]) throws(SettingsError) -> Settings {
        let path = file ?? defaultFile
        var text: String?
        if let data = FileManager.default.contents(atPath: path) {
            guard let decoded = String(data: data, encoding: .utf8) else {
                throw SettingsError(origin: path, key: "YAML", problem: "is not UTF-8 text")
            }
            text = decoded
        } else if file != nil || FileManager.default.fileExists(atPath: path) {
            throw SettingsError(origin: path, key: "--config", problem: "the file cannot be read")
        }
        let raw = try RawSettings(file: path, text: text, environment: environment)
        return try Settings(raw, environment: environment)
    }

    init(_ raw: RawSettings, environment: [String: String] = [:]) throws(SettingsError) {
        let read = SettingsReader(raw)
        try read.refuseUnknownKeys()
        given = raw.entries.mapValues(\.values)
        given["mailboxes"] = raw.mailboxText.map { [$0] }
        let stateDirectory = environment["STATE_DIRECTORY"].flatMap { $0.split(separator: ":").first.map(String.init) }
        dataDirectory = try read.text("data.directory") ?? stateDirectory ?? ".brevdue"
        database = Database(url: try read.text("database.url"), binaries: try read.text("database.binaries"))
        smtp = SMTP(
            listen: try read.listeners("smtp.listen") ?? ["127.0.0.1:2525"],
            sizeLimit: try read.octets("smtp.size_limit", in: 65_536...1_073_741_824) ?? 50 << 20,
            lineLimit: try read.octets("smtp.line_limit", in: 1000...1_048_576) ?? 64 << 10,
            errorLimit: try read.number("smtp.error_limit", in: 1...1000) ?? 10,
            receivedLimit: try read.number("smtp.received_limit", in: 1...1000) ?? 100,
            stopSeconds: try read.number("smtp.stop_seconds", in: 0...8) ?? 8,
            recipients: try read.addresses("smtp.recipients"),
            publicRecipients: try read.publicRecipients(),
            ownNetworks: try read.networks("smtp.own_networks"),
            hostname: try read.text("smtp.hostname") ?? ProcessInfo.processInfo.hostName,
            certificates: try read.certificates(),
            submission: try read.listeners("smtp.submission.listen") ?? [],
            submissions: try read.listeners("smtp.submissions.listen") ?? [],
            balancers: try read.networks("smtp.balancers"), vouching: try read.vouching())
        try read.refusePortsWithoutCertificate(smtp)
        dnsServers = raw["dns.servers"] == nil ? nil : try read.list("dns.servers")
        httpListen = try read.listeners("http.listen")?.first ?? "127.0.0.1:8080"
        mailboxes = raw.mailboxes.map { [limit = smtp.sizeLimit] account in
            var account = account
            account.server.contentLimit = limit
            return account
        }
        relay = try read.relay()
        sending = try read.sending()
        attachments = try read.attachments()
        rulesDirectory = try read.text("rules.directory") ?? "rules"
        identity = Identity(
            name: try read.text("identity.name"), cvr: try read.list("identity.cvr"),
            domains: try read.list("identity.domains"), people: try read.addresses("identity.people"),
            from: try read.addresses("identity.from").first, publicURL: try read.text("identity.public_url"))
        logLevel = try read.choice("log.level", among: Self.logLevels) ?? "info"
        logFormat = try read.choice("log.format", among: LogFormat.allCases.map(\.rawValue)).flatMap(LogFormat.init)
    }
}
