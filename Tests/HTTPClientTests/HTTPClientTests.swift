import HTTPClient
import TestSupport
import Testing

@Suite("Requests to other services", .serialized)
struct HTTPClientTests {
    private func get(_ client: HTTPClient, _ url: String) async throws -> HTTPResponse {
        let request = try HTTPRequest(.get, url)
        return try await client.send(request)
    }

    private func failure(_ client: HTTPClient, _ url: String) async throws -> HTTPFailure? {
        let request = try HTTPRequest(.get, url)
        do throws(HTTPFailure) {
            _ = try await client.send(request)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "An answer is taken up to the limit and no octet further, and the next one is not harmed",
        .timeLimit(.minutes(1)))
    func size() async throws {
        try await WebServer.run { server in
            let client = try HTTPClient(patience: .seconds(10), sizeLimit: 1000)
            let whole = try await get(client, server.url + "/size/1000")
            #expect(whole.status == 200 && whole.body == Array(repeating: 0x78, count: 1000))
            #expect(try await failure(client, server.url + "/size/1001") == .tooLarge(limit: 1000))
            #expect(try await failure(client, server.url + "/chunks") == .tooLarge(limit: 1000))
            #expect(try await get(client, server.url + "/size/2").body == [0x78, 0x78])
        }
    }

    @Test(
        "A server that is silent, or says an octet now and then, is left when the time is over",
        .timeLimit(.minutes(1)),
        arguments: ["/silent", "/trickle"])
    func time(path: String) async throws {
        try await WebServer.run { server in
            let client = try HTTPClient(patience: .milliseconds(300))
            let begin = ContinuousClock.now
            guard case .unreachable? = try await failure(client, server.url + path) else {
                Issue.record("no failure")
                return
            }
            #expect(.now - begin < .seconds(20))
        }
    }

    @Test("A redirect is told and not followed: the secrets go to no other place", .timeLimit(.minutes(1)))
    func redirect() async throws {
        try await WebServer.run { server in
            let request = try HTTPRequest(.post, server.url + "/redirect", body: [0x78])
            let answer = try await HTTPClient().send(request)
            #expect(answer.status == 302)
            #expect(server.requests == ["/redirect"])
        }
    }

    @Test("Any status is an answer", .timeLimit(.minutes(1)), arguments: [200, 400, 503])
    func status(code: Int) async throws {
        try await WebServer.run { server in
            let client = try HTTPClient()
            #expect(try await get(client, server.url + "/status/\(code)").status == code)
        }
    }

    @Test("Method, fields and body go as they are, and without a question for consent", .timeLimit(.minutes(1)))
    func request() async throws {
        try await WebServer.run { server in
            let request = try HTTPRequest(
                .post, server.url + "/echo", headers: [("X-Kind", "token")], body: Array("a=b&c=æ".utf8))
            let text = String(decoding: try await HTTPClient().send(request).body, as: UTF8.self)
            #expect(text.hasPrefix("POST\n") && text.contains("X-Kind: token\n") && text.hasSuffix("a=b&c=æ"))
            #expect(!text.contains("Expect:"))
        }
    }

    @Test("Where nobody listens, and when the task is cancelled, that is told", .timeLimit(.minutes(1)))
    func away() async throws {
        let client = try HTTPClient()
        guard case .unreachable? = try await failure(client, "http://127.0.0.1:\(try Repository.freePort())/") else {
            Issue.record("no failure")
            return
        }
        try await WebServer.run { server in
            let asking = Task { try await failure(client, server.url + "/silent") }
            try await until("the request is there") { server.requests == ["/silent"] }
            asking.cancel()
            #expect(try await asking.value == .cancelled)
        }
    }

    @Test(
        "Addresses without TLS that leave the machine, or with a user, are refused",
        arguments: [
            "http://tokens.example/", "ftp://127.0.0.1/", "https://user@tokens.example/", "https:///token", "token",
            "file:///etc/passwd", "https://tokens.example/#a",
        ])
    func refused(url: String) { #expect(throws: HTTPRequest.Fault.url) { _ = try HTTPRequest(.get, url) } }

    @Test("A line end in a field is refused")
    func injection() {
        #expect(throws: HTTPRequest.Fault.header("X-Kind")) {
            _ = try HTTPRequest(.get, "https://tokens.example/", headers: [("X-Kind", "a\r\nB: c")])
        }
    }
}
