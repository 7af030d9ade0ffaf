import Foundation
import Postgres
import TestSupport
import Testing

/// `database.url`: servers that others run.
@Suite(
    "External databases", .serialized,
    .enabled(if: ExternalServer.isInstalled, "postgresql-15 is not installed: run `make setup`"))
struct ExternalDatabaseTests {
    private struct Ground: Sendable {
        var folder: String
        var server: ExternalServer
        var authority: TLSAuthority
        var stranger: TLSAuthority
    }

    /// A server that proves to be `localhost`, and an authority that has nothing to do with it.
    private func withServer(_ body: @Sendable (Ground) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder("external")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let authority = try await TLSAuthority(folder: folder + "/ca")
        let stranger = try await TLSAuthority(folder: folder + "/stranger")
        let certificate = try await authority.issue(for: "localhost")
        try await ExternalServer.with(folder: folder, certificate: certificate) { server in
            try await body(Ground(folder: folder, server: server, authority: authority, stranger: stranger))
        }
    }

    /// What a command says of the URL, with its exit status; it must not tell the password.
    private func refusal(
        of url: String, in folder: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let daemon = try TestDaemon(directory: folder, extra: ["BREVDUE_DATABASE_URL": url])
        let failure = await #expect(throws: TestFailure.self, sourceLocation: sourceLocation) {
            _ = try await daemon.command("migrate")
        }
        let words = failure?.description ?? ""
        #expect(!words.contains(ExternalServer.password), sourceLocation: sourceLocation)
        return words
    }

    @Test(
        "TLS: the right certificate is accepted, and every wrong one is refused with the reason",
        .timeLimit(.minutes(2)))
    func certificates() async throws {
        try await withServer { ground in
            let (server, folder) = (ground.server, ground.folder)
            let verified = "sslmode=verify-full&sslrootcert=\(ground.authority.certificate)"
            let pool = PostgresPool(
                PostgresConfiguration(url: server.url(host: "localhost", verified)), logger: TestCluster.logger)
            defer { pool.close() }
            let version = try await pool.query("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl")
            #expect(try version.first?.decode(String.self) == "TLSv1.3")

            let otherName = try await refusal(of: server.url(host: "127.0.0.1", verified), in: folder)
            #expect(otherName.contains("does not match host name \"127.0.0.1\""), "\(otherName)")
            #expect(otherName.contains("name the server in database.url by a name of its certificate"))

            let strange = "sslmode=verify-full&sslrootcert=\(ground.stranger.certificate)"
            let otherAuthority = try await refusal(of: server.url(host: "localhost", strange), in: folder)
            #expect(otherAuthority.contains("certificate verify failed"))
            #expect(otherAuthority.contains("sslrootcert"), "\(otherAuthority)")

            let missing = "sslmode=verify-full&sslrootcert=\(folder)/none.crt"
            let noFile = try await refusal(of: server.url(host: "localhost", missing), in: folder)
            #expect(noFile.contains("\(folder)/none.crt"))

            let plain = try await refusal(of: server.url(host: "localhost", "sslmode=disable"), in: folder)
            #expect(plain.contains("no encryption"))
        }
    }

    @Test(
        "a server without pgvector, or with a locale that knows no Danish, is refused with what to do",
        .timeLimit(.minutes(2)))
    func kinds() async throws {
        try await withServer { ground in
            let (server, folder) = (ground.server, ground.folder)
            let verified = "sslmode=verify-full&sslrootcert=\(ground.authority.certificate)"
            let noVector = try await refusal(of: server.url(host: "localhost", verified), in: folder)
            #expect(noVector.contains("exited(2)") && noVector.contains("postgresql-15-pgvector"), "\(noVector)")

            let pool = PostgresPool(
                PostgresConfiguration(url: server.url(host: "localhost", verified)), logger: TestCluster.logger)
            defer { pool.close() }
            _ = try await pool.query("CREATE DATABASE plain TEMPLATE template0 LOCALE 'C'")
            let plain = try await refusal(of: server.url(host: "localhost", database: "plain", verified), in: folder)
            #expect(
                plain.contains("exited(2)") && plain.contains("lower('ÆØÅ') is not 'æøå' in database plain"), "\(plain)"
            )
            #expect(plain.contains("LOCALE 'C.UTF-8'"))
        }
    }

    @Test("wrong words to get in are refused with the server's own, and never told", .timeLimit(.minutes(2)))
    func access() async throws {
        try await withServer { ground in
            let (server, folder) = (ground.server, ground.folder)
            let verified = "sslmode=verify-full&sslrootcert=\(ground.authority.certificate)"
            let guess = try await refusal(
                of: server.url(host: "localhost", password: "gaettet", verified), in: folder)
            #expect(guess.contains("password authentication failed for user \"brevdue\"") && !guess.contains("gaettet"))
            let nowhere = try await refusal(
                of: server.url(host: "localhost", database: "findes_ikke", verified), in: folder)
            #expect(nowhere.contains("database \"findes_ikke\" does not exist"))
        }
    }

    @Test("a user who may make no schema is refused with the statement that allows it", .timeLimit(.minutes(2)))
    func privileges() async throws {
        let cluster = try await TestCluster.shared.conninfo()
        let name = TestCluster.freshSchema()
        let pool = PostgresPool(PostgresConfiguration(url: cluster), logger: TestCluster.logger)
        defer { pool.close() }
        let folder = try Repository.temporaryFolder("privileges")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try await pool.query("CREATE ROLE \(unsafe: name) LOGIN")
        let words = try await refusal(of: "\(cluster) user=\(name)", in: folder)
        #expect(
            words.contains("exited(2)") && words.contains("GRANT CREATE ON DATABASE postgres TO \(name)"), "\(words)")
        _ = try await pool.query("DROP ROLE \(unsafe: name)")
    }
}
