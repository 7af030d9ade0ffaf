import DNS
import Mail
import Rules
import SMTPClient
import SMTPServer
import Workflow

/// What the settings come to, made before a port, a database or a mail is touched: what is wrong with them shows here.
///
/// The start is made of it, and a configuration that is read again has to come as far.
struct CheckedSettings {
    let house: House
    /// `nil`: mail stays in the outbox.
    let relay: SMTPRelay?
    /// `nil` on a node that does no jobs.
    let resolver: Resolver?
    /// `nil` without TLS, and on a node that takes no mail in.
    let certificates: SMTPCertificates?

    /// Reads the files that the settings name; `company` stands in for what they leave open of who we are.
    ///
    /// Blocks.
    init(_ settings: Settings, company: Company, roles: Set<Serve.Role>) throws {
        var house = try House(settings, company: company)
        house.signatures = MailSignatures(
            try SigningKeys(dataDirectory: settings.dataDirectory).signers(for: house.from.domainName))
        self.house = house
        relay = try settings.checkedRelay()
        resolver = roles.contains(.worker) ? try settings.resolver() : nil
        certificates = roles.contains(.smtp) ? try settings.smtp.loadCertificates() : nil
    }
}

extension Settings {
    fileprivate func checkedRelay() throws(SettingsError) -> SMTPRelay? {
        guard let relay else { return nil }
        do {
            return try SMTPRelay(relay, heloName: smtp.hostname)
        } catch {
            throw SettingsError(origin: "configuration", key: "relay", problem: "\(error)")
        }
    }

    fileprivate func resolver() throws(SettingsError) -> Resolver {
        do {
            return try Resolver(servers: dnsServers)
        } catch {
            throw SettingsError(origin: "configuration", key: "dns.servers", problem: "\(error)")
        }
    }
}

extension Settings.SMTP {
    /// `nil` when none are configured: then there is neither TLS nor log-in.
    ///
    /// Blocks.
    func loadCertificates() throws(SettingsError) -> SMTPCertificates? {
        guard !certificates.isEmpty else { return nil }
        do {
            return try SMTPCertificates(
                certificates,
                clients: vouching.authorityFile.map { ClientAuthority(file: $0, networks: vouching.networks) })
        } catch {
            throw SettingsError(origin: "configuration", key: "smtp.tls", problem: "\(error)")
        }
    }
}
