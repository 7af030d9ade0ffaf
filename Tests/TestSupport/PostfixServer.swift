import Foundation
import Subprocess
import SystemPackage

/// A private Postfix: in front of the daemon and as its relay, TLS on both sides; the system's is not touched.
///
/// Its master has to be started by root.
package struct PostfixServer: Sendable {
    /// Where mail for an address or a domain goes on to.
    package struct Route: Sendable {
        var pattern: String
        var port: Int
        /// The name that the next server's certificate has to hold; in clear text where there is none.
        var certificateName: String?

        package init(_ pattern: String, port: Int, certificateName: String? = nil) {
            self.pattern = pattern
            self.port = port
            self.certificateName = certificateName
        }
    }

    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: "/usr/sbin/postfix") }

    package let port: Int
    private let folder: String

    /// Its certificate is for `localhost`, issued by the authority, which it believes too.
    package init(folder: String, authority: TLSAuthority, routes: [Route], port: Int) async throws {
        self.port = port
        self.folder = folder
        for name in ["etc", "queue", "data"] {
            try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        try FileManager.default.setAttributes([.ownerAccountName: "postfix"], ofItemAtPath: folder + "/data")
        let own = try await authority.issue(for: "localhost")
        try Self.main(folder, authority.certificate, own, routes)
            .write(toFile: folder + "/etc/main.cf", atomically: true, encoding: .utf8)
        try Self.services(port).write(toFile: folder + "/etc/master.cf", atomically: true, encoding: .utf8)
    }

    /// Runs it around the body.
    package func run(_ body: @Sendable () async throws -> Void) async throws {
        try await control("start")
        do {
            try await body()
        } catch {
            try? await control("stop")
            throw error
        }
        try await control("stop")
    }

    /// What it wrote of its work.
    package var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

    private func control(_ word: String) async throws {
        let result = try await Subprocess.run(
            .path("/usr/sbin/postfix"), arguments: ["-c", folder + "/etc", word], output: .discarded,
            error: .string(limit: 65_536))
        guard result.terminationStatus.isSuccess else {
            throw TestFailure("postfix \(word): \(result.standardError)")
        }
    }

    private static func main(
        _ folder: String, _ authority: String, _ own: (certificate: String, key: String), _ routes: [Route]
    ) -> String {
        let transports = routes.map { "{\($0.pattern) = smtp:[127.0.0.1]:\($0.port)}" }
        let policies = routes.compactMap { route in
            route.certificateName.map { "{[127.0.0.1]:\(route.port) = verify match=\($0)}" }
        }
        return """
            compatibility_level = 3.6
            queue_directory = \(folder)/queue
            data_directory = \(folder)/data
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mx.fjordtek.example
            mydestination =
            mynetworks = 127.0.0.0/8
            alias_maps =
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_peername_lookup = no
            smtpd_tls_security_level = encrypt
            smtpd_tls_chain_files = \(own.key), \(own.certificate)
            smtp_tls_CAfile = \(authority)
            smtp_tls_security_level = none
            smtp_tls_loglevel = 1
            smtpd_tls_loglevel = 1
            smtp_tls_policy_maps = inline:{ \(policies.joined(separator: ", ")) }
            transport_maps = inline:{ \(transports.joined(separator: ", ")) }
            maillog_file = \(folder)/log
            maillog_file_prefixes = \(folder)

            """
    }

    /// Service, type, private, unprivileged, chroot, wake-up, process limit, program: as Debian ships them, without chroot.
    private static func services(_ port: Int) -> String {
        """
        127.0.0.1:\(port) inet n - n - - smtpd
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        proxymap unix - - n - - proxymap
        smtp unix - - n - - smtp
        error unix - - n - - error
        anvil unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd

        """
    }
}
