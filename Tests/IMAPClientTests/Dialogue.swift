import Foundation
import IMAPClient
import TestSupport

/// A client in a dialogue with a server that plays a script.
enum Dialogue {
    /// From the greeting to the log-in, in TLS from the start.
    static func opening(_ capabilities: String = "IDLE UIDPLUS MOVE") -> String {
        """
        S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready
        C: AUTHENTICATE PLAIN AGxlYWRzAHBhc3N3b3Jk
        S: $ OK [CAPABILITY IMAP4rev1 \(capabilities)] logged in

        """
    }

    /// From the log-in to the open inbox, with seven messages up to UID 12.
    static let selection = """
        C: SELECT "INBOX"
        S: * FLAGS (\\Answered \\Seen)
        S: * 7 EXISTS
        S: * OK [PERMANENTFLAGS (\\Answered \\Seen \\*)] kept
        S: * OK [UIDVALIDITY 9] valid
        S: * OK [UIDNEXT 13] next
        S: $ OK [READ-WRITE] open

        """

    /// Connects and logs in, then runs the body.
    static func play(
        _ script: String, isEncrypted: Bool = true, adjust: (inout IMAPServer) -> Void = { _ in },
        _ body: @Sendable (IMAPClient, String) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder("imap")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var server = try await self.server(isEncrypted: isEncrypted)
        adjust(&server)
        try await ScriptedIMAP.run(
            [script], identity: TestIdentity.identity, isEncrypted: isEncrypted
        ) { [server] peer in
            let client = try await connect(to: server, at: peer.port, spool: folder)
            do {
                try await body(client, folder)
                await client.close()
            } catch {
                await client.close()
                throw error
            }
            try await until("the script ends") { peer.ended == 1 }
        }
    }

    /// Tries to connect; gives back why that fails, and what was said until then.
    static func refusal(
        _ script: String, isEncrypted: Bool = true, login: IMAPLogin = login
    ) async throws -> (IMAPError?, said: [String]) {
        let server = try await self.server(isEncrypted: isEncrypted)
        return try await ScriptedIMAP.run(
            [script], identity: TestIdentity.identity, isEncrypted: isEncrypted
        ) { peer in
            do throws(IMAPError) {
                let client = try await connect(to: server, at: peer.port, spool: "/nonexistent", login: login)
                await client.close()
                return (nil, peer.said)
            } catch {
                try await until("the script ends") { peer.ended == 1 }
                return (error, peer.said)
            }
        }
    }

    static let login = IMAPLogin(user: "leads", secret: .password("password"))

    private static func server(isEncrypted: Bool) async throws -> IMAPServer {
        guard var server = IMAPServer(url: (isEncrypted ? "imaps" : "imap") + "://localhost") else { throw Missing() }
        server.caFile = try await TestIdentity.authority
        server.timeouts.connect = .seconds(10)
        server.timeouts.command = .seconds(10)
        return server
    }

    private static func connect(
        to server: IMAPServer, at port: Int, spool: String, login: IMAPLogin = login
    ) async throws(IMAPError) -> IMAPClient {
        let scheme = server.isImplicitTLS ? "imaps" : "imap"
        guard var place = IMAPServer(url: "\(scheme)://localhost:\(port)") else { throw .unreachable("URL") }
        place.caFile = server.caFile
        place.timeouts = server.timeouts
        place.contentLimit = server.contentLimit
        place.answerLimit = server.answerLimit
        place.idleLimit = server.idleLimit
        return try await IMAPClient.connect(to: place, login: login, spool: spool)
    }
}
