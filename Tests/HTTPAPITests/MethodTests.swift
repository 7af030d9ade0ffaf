import Foundation
import TestSupport
import Testing

extension APITests {
    @Suite("Methods and sizes", .serialized)
    struct MethodTests {
        static let paths = ["/healthz", "/readyz", "/metrics"] + AccessTests.paths

        /// Paths with ids that are there.
        private func existing(_ api: RunningAPI) async throws -> [String] {
            var paths = [
                "/healthz", "/readyz", "/metrics", "/v1/me", "/v1/companies/\(RunningAPI.companies[0])/timeline",
            ]
            for kind in ["leads", "messages", "outbox"] {
                let page = try await api.page("/v1/\(kind)?limit=1")
                let id = try #require(page.items.first?["id"] as? String)
                paths += ["/v1/\(kind)", "/v1/\(kind)/\(id)"]
                if kind == "messages" { paths.append("/v1/messages/\(id)/raw") }
            }
            return paths
        }

        @Test("HEAD is answered as GET is, without the body (RFC 9110 section 9.3.2)")
        func head() async throws {
            let api = try RunningAPI.current()
            for path in try await existing(api) {
                let get = try await api.send("GET", path)
                let head = try await api.send("HEAD", path)
                #expect(get.status == 200 && head.status == 200, "\(path)")
                #expect(head.octets.isEmpty && head["Content-Type"] == get["Content-Type"], "\(path)")
            }
            #expect(try await api.send("HEAD", "/v1/leads", token: .some(nil)).status == 401)
            #expect(try await api.send("HEAD", "/v1/leads/999999").status == 404)
        }

        @Test("a method that a route does not have is answered 405 with those it has", arguments: paths)
        func notAllowed(_ path: String) async throws {
            let api = try RunningAPI.current()
            for method in ["POST", "PUT", "PATCH", "DELETE"] {
                let answer = try await api.send(method, path, body: Data("{}".utf8))
                try expectProblem(answer, 405, "\(method) \(path)")
                #expect(answer["Allow"] == "GET, HEAD", "\(method) \(path)")
            }
        }

        @Test("a target that is too long is refused, and the daemon goes on", .timeLimit(.minutes(1)))
        func longTarget() async throws {
            let api = try RunningAPI.current()
            for count in [2_000, 7_000, 60_000, 200_000, 4_000_000] {
                let wire = try Wire(port: api.daemon.httpPort)
                wire.send("GET /v1/")
                wire.send(String(repeating: "a", count: count))
                wire.send(" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                let answer = wire.read { _ in false }
                let status = Int(answer.dropFirst(9).prefix(3))
                #expect(status.map { (400..<500).contains($0) } ?? true, "\(count): \(answer.prefix(100))")
                #expect(count > 10_000 || status == 404, "\(count): \(answer.prefix(100))")
            }
            #expect(try await api.send("GET", "/healthz").status == 200)
        }

        @Test("header fields without end are not kept and hold up nobody", .timeLimit(.minutes(1)))
        func longHeader() async throws {
            let api = try RunningAPI.current()
            let before = try residentMemory(of: api.daemon)
            let wire = try Wire(port: api.daemon.httpPort)
            wire.send("GET /healthz HTTP/1.1\r\nHost: a\r\n")
            // A peer that goes on after its refusal is cut off.
            var sent = 0
            try await until("the peer is cut off", within: .seconds(10)) {
                sent += 8000
                return !wire.send("X-\(sent): \(String(repeating: "b", count: 8000))\r\n")
            }
            #expect(try residentMemory(of: api.daemon) - before < 32 << 20)
            #expect(try await api.send("GET", "/healthz").status == 200)
        }

        @Test("a body without end is neither kept nor waited for", .timeLimit(.minutes(1)))
        func longBody() async throws {
            let api = try RunningAPI.current()
            let before = try residentMemory(of: api.daemon)
            let wire = try Wire(port: api.daemon.httpPort)
            wire.send(
                "POST /v1/leads HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(api.token)\r\nContent-Length: 4000000000\r\n\r\n"
            )
            let piece = String(repeating: "c", count: 1 << 20)
            var sent = 0
            while sent < 128, wire.send(piece) { sent += 1 }
            #expect(wire.read { $0.contains("\r\n\r\n") }.hasPrefix("HTTP/1.1 4"))
            #expect(try residentMemory(of: api.daemon) - before < 64 << 20)
            #expect(try await api.send("GET", "/healthz").status == 200)
        }

        @Test(
            "what is no HTTP is cut off, and the daemon goes on",
            arguments: ["EHLO x\r\n", "\u{16}\u{3}\u{1}", "\r\n\r\n\r\n x"])
        func noHTTP(_ text: String) async throws {
            let api = try RunningAPI.current()
            let wire = try Wire(port: api.daemon.httpPort)
            wire.send(text + "\r\n\r\n")
            let answer = wire.read { _ in false }
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"), "\(answer.prefix(100))")
            #expect(try await api.send("GET", "/healthz").status == 200)
        }

        /// Octets of the daemon's memory.
        private func residentMemory(of daemon: TestDaemon) throws -> Int {
            let lock = try String(contentsOfFile: daemon.data + "/brevdue.lock", encoding: .utf8)
            let pid = try #require(lock.split(separator: "\n").first.flatMap { Int($0) })
            let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
            return try #require(line.split(separator: " ").compactMap { Int($0) }.first) << 10
        }
    }
}
