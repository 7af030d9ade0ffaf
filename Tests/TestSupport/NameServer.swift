import Foundation
import Subprocess
import SystemPackage

/// NSD as the name server of a test: authoritative for the zones given, on loopback.
package struct NameServer: Sendable {
    package static let program = "/usr/sbin/nsd"

    package let port: Int

    /// How a resolver is told of it.
    package var address: String { "127.0.0.1:\(port)" }

    /// Runs a server around the body.
    ///
    /// Zones are given by name, with the lines of their records; SOA and NS are added. For a broken zone the server
    /// answers SERVFAIL. The folder takes its files and is made.
    package static func run<Value: Sendable>(
        folder: String, zones: [String: String], brokenZones: [String] = [], port: Int? = nil,
        _ body: @Sendable (NameServer) async throws -> Value
    ) async throws -> Value {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw TestFailure("nsd is not installed: run `make setup`")
        }
        let server = NameServer(port: try port ?? Repository.freePort())
        try server.write(zones, brokenZones, to: folder)
        return try await Subprocess.run(
            .path(FilePath(program)), arguments: ["-d", "-c", folder + "/nsd.conf"], workingDirectory: "/",
            input: .none, output: .discarded, error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            // NSD ends its children when it is asked to; killed, it would leave them behind.
            defer { kill(pid, SIGTERM) }
            try await until("the name server answers") { server.listens }
            return try await body(server)
        }.closureResult
    }

    private func write(_ zones: [String: String], _ brokenZones: [String], to folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        var settings = """
            server:
                ip-address: 127.0.0.1@\(port)
                username: ""
                chroot: ""
                server-count: 1
                database: ""
                pidfile: "\(folder)/nsd.pid"
                logfile: "\(folder)/nsd.log"
                zonelistfile: "\(folder)/zone.list"
                xfrdfile: ""
                zonesdir: "\(folder)"
                rrl-ratelimit: 0
            remote-control:
                control-enable: no

            """
        for (zone, records) in zones {
            let head = "$ORIGIN \(zone).\n$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 30\n@ NS ns\nns A 127.0.0.1\n"
            try (head + records + "\n").write(toFile: "\(folder)/\(zone).zone", atomically: true, encoding: .utf8)
        }
        // A zone whose file is missing is served as SERVFAIL.
        for zone in zones.keys.sorted() + brokenZones {
            settings += "zone:\n    name: \"\(zone)\"\n    zonefile: \"\(zone).zone\"\n"
        }
        try settings.write(toFile: folder + "/nsd.conf", atomically: true, encoding: .utf8)
    }

    /// Whether somebody takes a TCP connection at its port.
    private var listens: Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
