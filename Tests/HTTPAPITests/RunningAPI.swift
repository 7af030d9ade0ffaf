import Foundation
import Postgres
import SMTPClient
import TestSupport
import Testing

/// A daemon with mails in it, which the tests of the API share, since they only read.
struct RunningAPI: Sendable {
    @TaskLocal static var shared: RunningAPI?

    /// The companies with several mails each; every other mail is the only one of its company.
    static let companies = [SampleMail.cvr(501), SampleMail.cvr(502)]
    /// Mails in it, the one above 1 MiB among them.
    static let mails: [[UInt8]] =
        (1...6).map { SampleMail.forward($0, cvr: companies[0]) }
        + (7...9).map { SampleMail.forward($0, cvr: companies[1]) }
        + (10...14).map { SampleMail.forward($0) } + [SampleMail.large(15), odd]

    /// Octets that something on the way could change: a dot at the start of a line, 8 bits without a charset, NUL.
    private static let odd =
        Array("From: jh@fjordtek.example\r\nMessage-ID: <a.16@fjordtek.example>\r\nSubject: ".utf8) + [
            0xE6, 0xF8, 0xE5,
        ]
        + Array("\r\n\r\n.\r\n..to\r\n\t \r\n\r\n".utf8) + [0x80, 0xFF, 0x00, 0x0D, 0x0A]

    let daemon: TestDaemon
    /// Of a salesperson, who sees everything.
    let token: String

    /// The API of this suite.
    static func current() throws -> RunningAPI {
        guard let shared else { throw TestFailure("the suite runs no daemon") }
        return shared
    }

    /// One request; `token`: another one, or none.
    func send(
        _ method: String = "GET", _ path: String, token: String?? = .none, headers: [String: String] = [:],
        body: Data? = nil
    ) async throws -> HTTP.Answer {
        guard let url = URL(string: "http://127.0.0.1:\(daemon.httpPort)\(path)") else {
            throw TestFailure("bad path \(path)")
        }
        var headers = headers
        if let token = token ?? self.token { headers["Authorization"] = headers["Authorization"] ?? "Bearer \(token)" }
        return try await HTTP.send(method, url, headers: headers, body: body)
    }

    /// The items of a list, and the cursor of the next page.
    func page(_ path: String) async throws -> (items: [[String: Any]], next: String?) {
        let answer = try await send("GET", path)
        let object = try answer.object()
        guard answer.status == 200, let items = object["items"] as? [[String: Any]] else {
            throw TestFailure("\(path): \(answer.status) \(answer.text.prefix(200))")
        }
        return (items, object["next_cursor"] as? String)
    }

    /// A token of a new person.
    func newToken(role: String, email: String) async throws -> String {
        _ = try await daemon.command("user", "add", "--email", email, "--name", "En", "--role", role)
        return try await daemon.command("token", "create", "--email", email)
    }

    /// Runs the body with the database.
    func withDatabase<Value>(_ body: (PostgresPool) async throws -> Value) async throws -> Value {
        let pool = daemon.pool()
        defer { pool.close() }
        return try await body(pool)
    }
}

/// Runs one daemon around a suite and all suites in it.
struct DaemonRuns: SuiteTrait, TestScoping {
    var isRecursive: Bool { false }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder("api")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        try await daemon.run { _ in
            _ = try await daemon.command(
                "user", "add", "--email", "mette@fjordtek.example", "--name", "Mette Krog", "--role", "sales")
            let token = try await daemon.command("token", "create", "--email", "mette@fjordtek.example")
            let client = try daemon.client()
            for mail in RunningAPI.mails {
                guard case .accepted = try await daemon.send(mail, by: client) else {
                    throw TestFailure("a mail was not taken")
                }
            }
            _ = try await daemon.settle([])
            try await RunningAPI.$shared.withValue(RunningAPI(daemon: daemon, token: token)) { try await function() }
        }
    }
}

extension Trait where Self == DaemonRuns {
    static var withDaemon: DaemonRuns { DaemonRuns() }
}

/// All routes by the daemon's own port.
@Suite("The JSON API", .withDaemon, .serialized)
struct APITests {}

/// Whether it is a problem document (RFC 9457) of this status.
func expectProblem(
    _ answer: HTTP.Answer, _ status: Int, _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let comment = Comment(rawValue: "\(what): \(answer.text.prefix(200))")
    #expect(answer.status == status, comment, sourceLocation: sourceLocation)
    #expect(answer["Content-Type"] == "application/problem+json", comment, sourceLocation: sourceLocation)
    let problem = try answer.object()
    #expect(problem["status"] as? Int == status, comment, sourceLocation: sourceLocation)
    for key in ["type", "title", "detail"] {
        #expect((problem[key] as? String)?.isEmpty == false, comment, sourceLocation: sourceLocation)
    }
}
