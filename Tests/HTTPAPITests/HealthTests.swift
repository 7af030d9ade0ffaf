import Foundation
import TestSupport
import Testing

extension APITests {
    /// Stops the database for a while, so nothing else may run beside it.
    @Suite("How the daemon is", .serialized)
    struct HealthTests {
        @Test("the process, its readiness and its figures are told without a log-in")
        func open() async throws {
            let api = try RunningAPI.current()
            let alive = try await api.send("GET", "/healthz", token: .some(nil))
            #expect(alive.status == 200 && alive.text == "ok\n")
            let ready = try await api.send("GET", "/readyz", token: .some(nil))
            #expect(ready.status == 200 && ready["Content-Type"] == "application/json")
            let report = try ready.object()
            #expect(report["ready"] as? Bool == true && report["database"] as? String == "ok")
            #expect(report["journal"] as? String == "ok" && report["relay"] is String)
            #expect(report["rules"] as? String == "ok")
            let doors = try #require(report["doors"] as? [[String: Any]])
            #expect(doors.map { $0["door"] as? String } == ["smtp", "chat"])
            #expect(try #require(doors[0]["last_success_seconds"] as? Double) >= 0)
            let outbox = try #require(report["outbox"] as? [String: Any])
            // No relay: mail waits, and nobody tried.
            #expect(try #require(outbox["oldest_waiting_seconds"] as? Double) >= 0)
            #expect(outbox["last_attempt"] is NSNull && outbox["last_attempt_seconds"] is NSNull)
        }

        @Test("figures are in the text format of Prometheus, each with its help and type, and none twice")
        func metrics() async throws {
            let api = try RunningAPI.current()
            let answer = try await api.send("GET", "/metrics")
            #expect(answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
            let figures = try Self.figures(in: answer.text)
            #expect(figures["brevdue_up"] == 1 && figures["brevdue_ready"] == 1)
            #expect(try #require(figures["brevdue_door_success_age_seconds{door=\"smtp\"}"]) >= 0)
            #expect(figures["brevdue_smtp_messages_total{code=\"250\"}"] == Double(RunningAPI.mails.count))
            #expect(figures.keys.contains { $0.hasPrefix("brevdue_rows{table=\"message\"}") })
        }

        @Test(
            "a database that answers nothing makes the daemon not ready within three seconds", .timeLimit(.minutes(1)))
        func frozen() async throws {
            let api = try RunningAPI.current()
            try await api.daemon.withFrozenDatabase {
                for _ in 0..<3 {
                    let begin = ContinuousClock.now
                    try await expectNotReady(api)
                    #expect(ContinuousClock.now - begin < .seconds(3))
                }
                let begin = ContinuousClock.now
                let figures = try Self.figures(in: try await api.send("GET", "/metrics").text)
                #expect(figures["brevdue_up"] == 1 && figures["brevdue_ready"] == 0)
                #expect(ContinuousClock.now - begin < .seconds(6))
                #expect(try await api.send("GET", "/healthz").status == 200)
            }
            try await until("it is ready again") { try await api.send("GET", "/readyz").status == 200 }
        }

        @Test(
            "a database that is gone makes the daemon not ready and its lists 503, until it is back",
            .timeLimit(.minutes(1)))
        func gone() async throws {
            let api = try RunningAPI.current()
            let postmaster = try #require(api.daemon.postmaster)
            kill(postmaster, SIGKILL)
            try await until("a list is answered 503") {
                let answer = try await api.send("GET", "/v1/leads")
                guard answer.status == 503 else { return false }
                try expectProblem(answer, 503)
                #expect(answer["Retry-After"] == "1")
                return true
            }
            try await until("it is ready again") { try await api.send("GET", "/readyz").status == 200 }
            #expect(try await api.page("/v1/leads").items.count > 5)
        }

        private func expectNotReady(_ api: RunningAPI) async throws {
            let answer = try await api.send("GET", "/readyz")
            let report = try answer.object()
            #expect(
                answer.status == 503 && report["ready"] as? Bool == false && report["database"] as? String == "away")
        }

        /// Reads the format (Prometheus, "Exposition formats"): comments announce a name before its samples.
        private static func figures(in text: String) throws -> [String: Double] {
            var figures: [String: Double] = [:]
            var announced: Set<Substring> = []
            #expect(text.hasSuffix("\n"))
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 3)
                if words[0] == "#" {
                    #expect(words.count == 4 && ["HELP", "TYPE"].contains(words[1]), "\(line)")
                    if words[1] == "TYPE" {
                        #expect(
                            ["counter", "gauge"].contains(words[3]) && announced.insert(words[2]).inserted, "\(line)")
                    }
                    continue
                }
                let match = try #require(
                    line.wholeMatch(of: #/([a-z_]+)(\{[a-z]+="[^"\\]*"\})? ([0-9.eE+-]+)/#), "\(line)")
                #expect(announced.contains(match.1), "\(line)")
                #expect(figures.updateValue(try #require(Double(match.3)), forKey: "\(match.1)\(match.2 ?? "")") == nil)
            }
            return figures
        }
    }
}
