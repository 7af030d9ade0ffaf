import Foundation
import Subprocess
import SystemPackage

/// A real Dovecot on free ports, with a configuration, certificates and maildirs of its own.
package struct DovecotServer: Sendable {
    package static let program = "/usr/sbin/dovecot"
    /// It changes users, which takes root.
    package static var isUsable: Bool { FileManager.default.isExecutableFile(atPath: program) && getuid() == 0 }

    /// IMAP with STARTTLS.
    package let port: Int
    /// IMAP in TLS.
    package let tlsPort: Int
    /// The file that trusts its certificate, which is for `localhost`.
    package let authority: String
    private let folder: String

    package static let user = "leads"
    package static let password = "en tilfældig \"sætning\""

    /// The folder is made.
    ///
    /// `introspection`: URL at which access tokens are judged.
    package init(folder: String, mechanisms: String = "plain login", introspection: String? = nil) async throws {
        self.folder = folder
        port = try Repository.freePort()
        tlsPort = try Repository.freePort()
        try FileManager.default.createDirectory(atPath: folder + "/run", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            atPath: folder + "/mail", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        // The folder itself is made with the umask's permissions.
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder + "/mail")
        let authority = try await TLSAuthority(folder: folder + "/tls")
        let (certificate, key) = try await authority.issue(for: "localhost")
        self.authority = authority.certificate
        try Data("\(Self.user):{PLAIN}\(Self.password)\n".utf8).write(to: URL(filePath: folder + "/users"))
        var passwords = "passdb {\n driver = passwd-file\n args = scheme=plain username_format=%u \(folder)/users\n}\n"
        if let introspection {
            passwords =
                "passdb {\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n args = \(folder)/oauth2.conf\n}\n"
                + passwords
            let judge = """
                introspection_mode = post
                introspection_url = \(introspection)
                username_attribute = username
                active_attribute = active
                active_value = true
                """
            try Data((judge + "\n").utf8).write(to: URL(filePath: folder + "/oauth2.conf"))
        }
        let text = Self.configuration(
            folder: folder, port: port, tlsPort: tlsPort, mechanisms: mechanisms, certificate: certificate, key: key)
        try Data((text + passwords).utf8).write(to: URL(filePath: folder + "/dovecot.conf"))
    }

    private static func configuration(
        folder: String, port: Int, tlsPort: Int, mechanisms: String, certificate: String, key: String
    ) -> String {
        """
        base_dir = \(folder)/run
        state_dir = \(folder)/run
        log_path = \(folder)/log
        protocols = imap
        listen = 127.0.0.1
        ssl = required
        ssl_cert = <\(certificate)
        ssl_key = <\(key)
        auth_mechanisms = \(mechanisms)
        auth_failure_delay = 0
        mail_location = maildir:\(folder)/mail/%u
        mailbox_list_index = no
        mail_max_userip_connections = 100
        namespace inbox {
          inbox = yes
          separator = /
        }
        userdb {
          driver = static
          args = uid=nobody gid=nogroup home=\(folder)/mail/%u
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = \(port)
          }
          inet_listener imaps {
            port = \(tlsPort)
            ssl = yes
          }
        }
        service anvil {
          chroot =
        }

        """
    }

    /// Runs the server around the body.
    @discardableResult
    package func run<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await Subprocess.run(
            .path(FilePath(Self.program)), arguments: ["-F", "-c", folder + "/dovecot.conf"],
            workingDirectory: FilePath(folder), input: .none, output: .discarded, error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            defer { kill(pid, SIGTERM) }
            try await until("Dovecot listens: \(log)", within: .seconds(20)) { try Self.listens(on: tlsPort) }
            return try await body()
        }.closureResult
    }

    package var log: String {
        FileManager.default.contents(atPath: folder + "/log").map { String(decoding: $0.suffix(2000), as: UTF8.self) }
            ?? ""
    }

    /// How often somebody logged in.
    package var logins: Int {
        let text = FileManager.default.contents(atPath: folder + "/log").map { String(decoding: $0, as: UTF8.self) }
        return (text ?? "").components(separatedBy: "Login: user=<\(Self.user)>").count - 1
    }

    private static func listens(on port: Int) throws -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    // MARK: Its mail

    private var inbox: String { "\(folder)/mail/\(Self.user)" }

    /// Puts a mail into the user's inbox, as a delivering server does.
    ///
    /// One that is not `readable` cannot be opened by the server either.
    package func deliver(_ octets: [UInt8], readable: Bool = true) throws {
        for name in ["", "/tmp", "/new", "/cur"] where !FileManager.default.fileExists(atPath: inbox + name) {
            try FileManager.default.createDirectory(
                atPath: inbox + name, withIntermediateDirectories: true,
                attributes: [.ownerAccountName: "nobody", .groupOwnerAccountName: "nogroup"])
        }
        let name = "\(Int(Date().timeIntervalSince1970)).\(UUID().uuidString).localhost"
        try Data(octets).write(to: URL(filePath: "\(inbox)/tmp/\(name)"))
        try FileManager.default.setAttributes(
            [.ownerAccountName: readable ? "nobody" : "root", .posixPermissions: readable ? 0o644 : 0o600],
            ofItemAtPath: "\(inbox)/tmp/\(name)")
        try FileManager.default.moveItem(atPath: "\(inbox)/tmp/\(name)", toPath: "\(inbox)/new/\(name)")
    }

    /// Names of the files in a folder of the user's; the flags stand at their ends.
    package func files(in name: String = "") -> [String] {
        let place = name.isEmpty ? inbox : "\(inbox)/.\(name)"
        return ["new", "cur"].flatMap {
            (try? FileManager.default.contentsOfDirectory(atPath: "\(place)/\($0)")) ?? []
        }
    }

    /// The keywords that the inbox knows, by their letters.
    package var keywords: String {
        FileManager.default.contents(atPath: inbox + "/dovecot-keywords").map { String(decoding: $0, as: UTF8.self) }
            ?? ""
    }

    /// Mail that could not be opened can be from now on.
    package func makeReadable() throws {
        for name in files() {
            for place in ["new", "cur"] where FileManager.default.fileExists(atPath: "\(inbox)/\(place)/\(name)") {
                try FileManager.default.setAttributes(
                    [.ownerAccountName: "nobody", .posixPermissions: 0o644], ofItemAtPath: "\(inbox)/\(place)/\(name)")
            }
        }
    }

    /// The inbox's UIDVALIDITY, which is the second in which it was numbered.
    private var uidValidity: Int? {
        let list = FileManager.default.contents(atPath: inbox + "/dovecot-uidlist").map {
            String(decoding: $0, as: UTF8.self)
        }
        return list?.split(separator: " ").lazy.compactMap { $0.first == "V" ? Int($0.dropFirst()) : nil }.first
    }

    /// Lets the server number the inbox anew: its UIDVALIDITY changes.
    ///
    /// No session may be open.
    package func forgetUIDs() async throws {
        guard let second = uidValidity else { throw TestFailure("the inbox has no UIDVALIDITY") }
        try await until("another second begins") { Int(Date().timeIntervalSince1970) > second }
        for name in try FileManager.default.contentsOfDirectory(atPath: inbox) where name.hasPrefix("dovecot") {
            try FileManager.default.removeItem(atPath: "\(inbox)/\(name)")
        }
    }
}
