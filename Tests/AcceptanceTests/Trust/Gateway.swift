import Cryptography
import Foundation
import Mail
import MailAuthentication
import Postgres
import SMTPClient
import TestSupport

/// A daemon that everybody reaches from outside, and the name server of its domain.
struct Gateway: Sendable {
    private static let domain = "fjordtek.example"
    private static let selector = "s1"

    let desk: Desk
    private let signer: DKIMSigner
    private let folder: String
    private let zones: [String: String]
    private let port: Int

    /// `senders`: the domain's SPF record; `policy`: what its DMARC record asks for; `others`: zones of other domains.
    static func open(
        _ name: String, senders: String = "v=spf1 -all", policy: String = "reject", extra: [String: String] = [:],
        others: [String: String] = ["evil.example": "@ TXT \"v=spf1 ip4:127.0.0.1 -all\"\n"],
        startsNameServer: Bool = true, _ body: @Sendable (Gateway) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let key = try SigningKey.make(.ed25519)
        let record = DKIMRecord(domain: domain, selector: selector, key: key)
        let own = """
            @ TXT "\(senders)"
            _dmarc TXT "v=DMARC1; p=\(policy)"
            \(record.zoneLine)
            """
        let port = try Repository.freePort()
        let settings = ["BREVDUE_SMTP_OWN_NETWORKS": "", "BREVDUE_DNS_SERVERS": "127.0.0.1:\(port)"]
        let daemon = try TestDaemon(directory: folder, extra: settings.merging(extra) { $1 })
        try await daemon.run { _ in
            let pool = daemon.pool()
            defer { pool.close() }
            let gateway = Gateway(
                desk: Desk(daemon: daemon, pool: pool, token: ""),
                signer: try DKIMSigner(domain: domain, selector: selector, privateKeyPEM: key.pem),
                folder: folder, zones: others.merging([domain: own]) { $1 }, port: port)
            guard startsNameServer else { return try await body(gateway) }
            try await gateway.withNameServer { try await body(gateway) }
        }
    }

    func withNameServer(_ body: @Sendable () async throws -> Void) async throws {
        try await NameServer.run(folder: folder + "/nsd", zones: zones, port: port) { _ in try await body() }
    }

    /// The mail with the signature of our domain on top.
    func signed(_ mail: PlainMail) throws -> [UInt8] {
        try signer.signature(for: mail.octets, at: Date()) + mail.octets
    }

    /// Hands a mail in and waits until it is known who sent it, or that this cannot be known yet.
    func send(_ octets: [UInt8], from: String = "jh@fjordtek.example", to: String = "leads@fjordtek.example")
        async throws
    {
        guard case .accepted = try await desk.daemon.send(octets, from: from, to: to) else {
            throw TestFailure("the mail was not accepted")
        }
        try await until("all that can be done is done") {
            let rows = try await desk.pool.query(
                """
                SELECT count(*) FROM brevdue.job WHERE queue IN ('read', 'answer') OR queue = 'verify' AND state <> 's'
                """)
            return try rows[0].decode(Int64.self) == 0
        }
    }

    /// Trust and whether it is open, of each mail.
    func findings() async throws -> [String] {
        try await desk.rows(
            "SELECT trust, CASE WHEN is_temporary THEN 't' ELSE 'f' END FROM brevdue.verdict ORDER BY arrival_id")
    }
}
