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

    let desk: Desk
    private let signer: SigningDomain
    private let folder: String
    private let zones: [String: String]
    private let port: Int

    /// `senders`: the domain's SPF record; `policy`: what its DMARC record asks for; `zones`: those of others.
    static func open(
        _ name: String, senders: String = "v=spf1 -all", policy: String = "reject", extra: [String: String] = [:],
        zones others: [String: String] = [:], startsNameServer: Bool = true,
        _ body: @Sendable (Gateway) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let signer = try SigningDomain(domain, selectors: ["s1", "s2"])
        let zones = [
            domain: """
            @ TXT "\(senders)"
            _dmarc TXT "v=DMARC1; p=\(policy)"
            \(signer.zone)
            """,
            "evil.example": "@ TXT \"v=spf1 ip4:127.0.0.1 -all\"\n",
        ]
        .merging(others) { $1 }
        let port = try Repository.freePort()
        let settings = ["BREVDUE_SMTP_OWN_NETWORKS": "", "BREVDUE_DNS_SERVERS": "127.0.0.1:\(port)"]
        let daemon = try TestDaemon(directory: folder, extra: settings.merging(extra) { $1 })
        try await daemon.run { _ in
            let pool = daemon.pool()
            defer { pool.close() }
            let gateway = Gateway(
                desk: Desk(daemon: daemon, pool: pool, token: ""),
                signer: signer, folder: folder, zones: zones, port: port)
            guard startsNameServer else { return try await body(gateway) }
            try await gateway.withNameServer { try await body(gateway) }
        }
    }

    /// `failing`: the selector whose key the server cannot tell.
    func withNameServer(failing: String? = nil, _ body: @Sendable () async throws -> Void) async throws {
        let broken = failing.map { ["\($0)._domainkey.\(Self.domain)"] } ?? []
        try await NameServer.run(folder: folder + "/nsd", zones: zones, brokenZones: broken, port: port) { _ in
            try await body()
        }
    }

    /// The mail with the signature of our domain on top.
    func signed(_ mail: PlainMail, by selector: String = "s1") throws -> [UInt8] {
        try signer.signed(mail, by: selector)
    }

    /// Hands a mail in and waits until it is known who sent it, or that this cannot be known yet.
    func send(_ octets: [UInt8], from: String = "jh@fjordtek.example", to: String = "leads@fjordtek.example")
        async throws
    {
        guard case .accepted = try await desk.daemon.send(octets, from: from, to: to) else {
            throw TestFailure("the mail was not accepted")
        }
        try await desk.settle()
    }

    /// Trust and whether it is open, of each mail.
    func findings() async throws -> [String] {
        try await desk.rows(
            "SELECT trust, CASE WHEN is_temporary THEN 't' ELSE 'f' END FROM brevdue.verdict ORDER BY arrival_id")
    }
}
