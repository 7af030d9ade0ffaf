import Mail
import SMTPServer

/// Settings of the SMTP door that hang together.
extension SettingsReader {
    /// Mailboxes whose mail from outside gets a receipt; nobody could write to one that is not taken in.
    func publicRecipients() throws(SettingsError) -> [String] {
        let recipients = Set(try addresses("smtp.recipients").map { Mailbox(address: $0).comparable })
        let addresses = try addresses("smtp.public_recipients")
        if let wrong = addresses.first(where: { !recipients.contains(Mailbox(address: $0).comparable) }) {
            throw SettingsError(
                origin: "configuration", key: "smtp.public_recipients",
                problem: "\"\(wrong)\": expected an address of smtp.recipients")
        }
        return addresses
    }

    /// Chains and keys, pair by pair.
    func certificates() throws(SettingsError) -> [CertificateFiles] {
        let (chains, keys) = (try list("smtp.tls.certificate"), try list("smtp.tls.key"))
        guard chains.count == keys.count else {
            throw SettingsError(
                origin: origin("smtp.tls.key"), key: "smtp.tls.key",
                problem:
                    "\(keys.count) keys for \(chains.count) certificates: expected one file for each, in the same order"
            )
        }
        return zip(chains, keys).map { CertificateFiles(chain: $0, key: $1) }
    }

    func vouching() throws(SettingsError) -> Settings.Vouching {
        let vouching = Settings.Vouching(
            networks: try networks("smtp.vouching_networks"), id: try text("smtp.vouching_id"),
            authorityFile: try text("smtp.vouching_ca"), forwarders: try list("smtp.trusted_forwarders"))
        guard vouching.networks.isEmpty == (vouching.id == nil) else {
            throw SettingsError(
                origin: origin(vouching.id == nil ? "smtp.vouching_networks" : "smtp.vouching_id"),
                key: "smtp.vouching_networks and smtp.vouching_id", problem: "expected both or neither")
        }
        return vouching
    }

    /// Nobody logs in or shows a certificate without TLS, so a port for that would be dead, and a relay never believed.
    func refusePortsWithoutCertificate(_ smtp: Settings.SMTP) throws(SettingsError) {
        guard smtp.certificates.isEmpty else { return }
        if smtp.vouching.authorityFile != nil {
            throw SettingsError(
                origin: origin("smtp.vouching_ca"), key: "smtp.vouching_ca",
                problem: "needs smtp.tls.certificate and smtp.tls.key: a certificate is shown under TLS")
        }
        for (key, ports) in [
            ("smtp.submission.listen", smtp.submission), ("smtp.submissions.listen", smtp.submissions),
        ] where !ports.isEmpty {
            throw SettingsError(
                origin: origin(key), key: key, problem: "needs smtp.tls.certificate and smtp.tls.key: log-in takes TLS")
        }
    }
}
