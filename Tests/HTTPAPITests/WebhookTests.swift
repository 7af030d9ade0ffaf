import Foundation
import Postgres
import TestSupport
import Testing

/// The route of a running daemon, every check of it in its order.
@Suite("The webhook of a chat", .withChats, .serialized)
struct WebhookTests {
    private func chat(_ conversation: String, _ text: String = "Hej") -> SampleChat {
        var chat = SampleChat(conversation)
        chat.say("visitor", text)
        return chat
    }

    private func stored(_ place: ChatRuns.Place) async throws -> Int64 {
        let pool = place.daemon.pool()
        defer { pool.close() }
        return try await pool.query("SELECT count(*) FROM brevdue.arrival").first?.decode(Int64.self) ?? -1
    }

    @Test("a signed chat is answered 202 once it is stored, octet by octet, and a repeated one 200 with its id")
    func taken() async throws {
        let place = try ChatRuns.Place.current()
        let body = try chat("c1").body()
        let first = try await place.source.post(body, id: "msg_1")
        #expect(first.status == 202 && first["Content-Type"] == "application/json", "\(first.text)")
        let id = try #require(try first.object()["id"] as? String)
        #expect(try first.object()["duplicate"] as? Bool == false)
        let pool = place.daemon.pool()
        defer { pool.close() }
        let number = try #require(Int64(id))
        let rows = try await pool.query("SELECT raw, door, trusted FROM brevdue.arrival WHERE id = \(number)")
        let row = try #require(rows.first)
        let (raw, door, isTrusted) = try row.decode([UInt8].self, String.self, Bool.self)
        #expect(raw == body && door == "chat" && !isTrusted)

        let count = try await stored(place)
        let again = try await place.source.post(body, id: "msg_1")
        // An attempt that comes later is signed anew, and a changed body is still the same event.
        let changed = try await place.source.post(try chat("c1", "Hej igen").body(), id: "msg_1")
        for answer in [again, changed] {
            let object = try answer.object()
            #expect(answer.status == 200 && object["id"] as? String == id && object["duplicate"] as? Bool == true)
        }
        #expect(try await stored(place) == count)
    }

    @Test("the same id of two sources are two events, and a secret is good for its source alone")
    func sources() async throws {
        let place = try ChatRuns.Place.current()
        let other = try await ChatSource("webshop", to: place.daemon)
        let body = try chat("c2").body()
        let first = try await place.source.post(body, id: "msg_2")
        let second = try await other.post(body, id: "msg_2")
        #expect(first.status == 202 && second.status == 202)
        #expect(try first.object()["id"] as? String != second.object()["id"] as? String)
        let crossed = try await other.post(body, id: "msg_2x", headers: place.source.headers(body, id: "msg_2x"))
        try expectProblem(crossed, 401, "another source's secret")
    }

    @Test("what is not signed as it should be is answered 401 and not stored")
    func unsigned() async throws {
        let place = try ChatRuns.Place.current()
        let body = try chat("c3").body()
        let good = try place.source.headers(body, id: "msg_3")
        var cases: [(String, [String: String])] = good.keys.sorted().flatMap { name in
            [
                ("no \(name)", good.filter { $0.key != name }),
                ("an empty \(name)", good.merging([name: ""]) { $1 }),
            ]
        }
        let signature = try #require(good["webhook-signature"])
        cases += [
            ("v1 and nothing", good.merging(["webhook-signature": "v1,"]) { $1 }),
            ("v2", good.merging(["webhook-signature": "v2" + signature.dropFirst(2)]) { $1 }),
            ("another id", good.merging(["webhook-id": "msg_3x"]) { $1 }),
            ("a full stop in the id", try place.source.headers(body, id: "msg.3")),
            ("no number", good.merging(["webhook-timestamp": "now"]) { $1 }),
            ("301 s old", try place.source.headers(body, id: "msg_3", at: Date(timeIntervalSinceNow: -302))),
            ("301 s ahead", try place.source.headers(body, id: "msg_3", at: Date(timeIntervalSinceNow: 302))),
            ("another body", try place.source.headers(body + [0x20], id: "msg_3")),
            ("nothing", [:]),
        ]
        let count = try await stored(place)
        for (name, headers) in cases {
            let answer = try await place.source.post(body, id: "msg_3", headers: headers)
            try expectProblem(answer, 401, name)
            #expect(answer["WWW-Authenticate"] == "StandardWebhooks", "\(name)")
        }
        // What is not believed is not looked at either.
        try expectProblem(
            try await place.source.post(Array("{".utf8), id: "x", headers: good), 401, "no JSON, unsigned")
        #expect(try await stored(place) == count)
        let both = good.merging(["webhook-signature": "v1,AAAA " + signature]) { $1 }
        #expect(try await place.source.post(body, id: "msg_3", headers: both).status == 202)
        let old = try place.source.headers(body, id: "msg_3o", at: Date(timeIntervalSinceNow: -290))
        #expect(try await place.source.post(body, id: "msg_3o", headers: old).status == 202)
    }

    @Test("signed octets that are no JSON are answered 400, another form 422 with its place, and neither is stored")
    func unusable() async throws {
        let place = try ChatRuns.Place.current()
        let count = try await stored(place)
        try expectProblem(try await place.source.post(Array("{\"type\":".utf8), id: "msg_4"), 400)
        try expectProblem(try await place.source.post([], id: "msg_4"), 400)
        var wrong = chat("c4")
        wrong.say("kunde", "Hej")
        let answer = try await place.source.post(try wrong.body(), id: "msg_4")
        try expectProblem(answer, 422)
        #expect(
            try answer.object()["detail"] as? String
                == "$.data.messages[1].role: expected one of visitor, agent, bot, system")
        let vector =
            #"{"type":"chat.transcript.created","timestamp":"2023-11-14T22:13:20Z","data":{"conversation_id":"c1"}}"#
        let short = try await place.source.post(Array(vector.utf8), id: "msg_4")
        try expectProblem(short, 422)
        #expect(short.text.contains("$.data.messages"))
        #expect(try await stored(place) == count)
        // The id was not used up.
        #expect(try await place.source.post(try chat("c4").body(), id: "msg_4").status == 202)
    }

    @Test("an event of an unknown type is stored and set aside, and its sender is not refused", .timeLimit(.minutes(1)))
    func unknownType() async throws {
        let place = try ChatRuns.Place.current()
        let body = Array(#"{"type":"chat.rated","timestamp":"2026-11-24T10:00:00Z","data":{"stars":5}}"#.utf8)
        let answer = try await place.source.post(body, id: "msg_5")
        #expect(answer.status == 202, "\(answer.text)")
        let id = try #require(try answer.object()["id"] as? String)
        let pool = place.daemon.pool()
        defer { pool.close() }
        let reason = try await eventually("it is set aside") {
            try await pool.query(
                "SELECT set_aside_reason FROM brevdue.message WHERE id = \(Int64(id) ?? 0) AND state = 'set_aside'"
            ).first?.decode(String.self)
        }
        #expect(reason.contains("chat.rated"))
        #expect(try await place.source.post(body, id: "msg_5").status == 200)
    }

    @Test("a source that is not there, or has no name, is answered 404 whatever the signature")
    func unknownSource() async throws {
        let place = try ChatRuns.Place.current()
        let body = try chat("c6").body()
        for name in [
            "webshop2", "Hjemmeside", "hjemmeside%00", "%C3%A6", "..%2Fx", String(repeating: "a", count: 3000),
        ] {
            let url = try #require(URL(string: "http://127.0.0.1:\(place.daemon.httpPort)/v1/webhooks/chat/\(name)"))
            let answer = try await HTTP.send(
                "POST", url, headers: try place.source.headers(body, id: "msg_6"), body: Data(body))
            try expectProblem(answer, 404, name)
        }
    }

    @Test("any other method is answered 405 with the one there is")
    func methods() async throws {
        let place = try ChatRuns.Place.current()
        let url = try #require(URL(string: "http://127.0.0.1:\(place.daemon.httpPort)\(place.source.path)"))
        for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE"] {
            let answer = try await HTTP.send(method, url)
            #expect(answer.status == 405 && answer["Allow"] == "POST", "\(method)")
        }
    }

    @Test("5 MiB are taken and given back to the octet, and one octet more is answered 413", .timeLimit(.minutes(1)))
    func size() async throws {
        let place = try ChatRuns.Place.current()
        var body = try chat("c7").body()
        body += Array(repeating: 0x20, count: ChatSizes.limit - body.count)
        let answer = try await place.source.post(body, id: "msg_7")
        #expect(answer.status == 202, "\(answer.text)")
        let text = try #require(try answer.object()["id"] as? String)
        let id = try #require(Int64(text))
        let pool = place.daemon.pool()
        defer { pool.close() }
        let parts = try await pool.query(
            "SELECT octets FROM brevdue.arrival_part WHERE arrival_id = \(id) ORDER BY ordinal")
        #expect(try Array(parts.map { try $0.decode([UInt8].self) }.joined()) == body)
        try await until("it is read") {
            try await !pool.query("SELECT FROM brevdue.message WHERE id = \(id)").isEmpty
        }
        let spool = try FileManager.default.contentsOfDirectory(atPath: place.daemon.data + "/spool")
        #expect(spool.isEmpty)
        // Before any other check, and before the body is there.
        try expectProblem(try await place.source.post(body + [0x20], id: "msg_7x", headers: [:]), 413)
    }

    @Test(
        "a body without a length is bounded too, and one that does not end is not waited for", .timeLimit(.minutes(1)))
    func slow() async throws {
        let place = try ChatRuns.Place.current()
        let head = "POST \(place.source.path) HTTP/1.1\r\nHost: a\r\n"
        let endless = try Wire(port: place.daemon.httpPort)
        endless.send(head + "Transfer-Encoding: chunked\r\n\r\n")
        let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
        var sent = 0
        while sent < 200, endless.send(chunk) { sent += 1 }
        #expect(endless.read { $0.contains("\r\n\r\n") }.hasPrefix("HTTP/1.1 413"))

        let slow = try Wire(port: place.daemon.httpPort)
        slow.send(head + "Content-Length: 100\r\n\r\n{")
        let begin = ContinuousClock.now
        let answer = await reading(slow)
        #expect(answer.hasPrefix("HTTP/1.1 408"), "\(answer.prefix(100))")
        #expect(ContinuousClock.now - begin < .seconds(20))
        #expect(try await place.source.post(try chat("c8").body(), id: "msg_8").status == 202)
    }

    /// A wire waits ten seconds for more; the door gives up after fifteen.
    private func reading(_ wire: Wire) async -> String {
        for _ in 0..<3 {
            let text = wire.read { $0.contains("\r\n\r\n") }
            if !text.isEmpty { return text }
        }
        return ""
    }

    @Test("after a rotation the old secret is good for a day, and the new one at once", .timeLimit(.minutes(1)))
    func rotation() async throws {
        let place = try ChatRuns.Place.current()
        var source = try await ChatSource("skiftende", to: place.daemon)
        let old = source
        source.secret = try await place.daemon.command("source", "rotate", "skiftende")
        #expect(source.secret != old.secret && source.secret.hasPrefix("whsec_"))
        #expect(try await source.post(try chat("c9").body(), id: "msg_9").status == 202)
        #expect(try await old.post(try chat("c9").body(), id: "msg_10").status == 202)
        // Twice within the day: all of them.
        let third = try await place.daemon.command("source", "rotate", "skiftende")
        #expect(try await source.post(try chat("c9").body(), id: "msg_11").status == 202)
        #expect(try await old.post(try chat("c9").body(), id: "msg_12").status == 202)
        let pool = place.daemon.pool()
        defer { pool.close() }
        let hours = try await pool.query(
            """
            SELECT (extract(epoch FROM valid_until - now()) / 3600)::float8 FROM brevdue.chat_secret
            WHERE source = 'skiftende' AND valid_until IS NOT NULL
            """)
        #expect(hours.count == 2)
        for row in hours { #expect((23.9...24).contains(try row.decode(Double.self))) }
        _ = try await pool.query(
            "UPDATE brevdue.chat_secret SET valid_until = now() - interval '1 s' WHERE source = 'skiftende' AND valid_until IS NOT NULL"
        )
        try expectProblem(try await source.post(try chat("c9").body(), id: "msg_13"), 401, "after its day")
        source.secret = third
        #expect(try await source.post(try chat("c9").body(), id: "msg_14").status == 202)
    }

    @Test("names are checked, other kinds are refused, and a list shows no secret")
    func commands() async throws {
        let daemon = try ChatRuns.Place.current().daemon
        for name in ["", "Æble", "a.b", "-a", "a b", String(repeating: "a", count: 64)] {
            await #expect(throws: TestFailure.self, "\(name)") {
                try await daemon.command("source", "add", "--kind", "standard", "--", name)
            }
        }
        func refusal(_ words: String...) async throws -> String {
            do {
                _ = try await daemon.command(words)
                return ""
            } catch { return "\(error)" }
        }
        #expect(try await refusal("source", "add", "tawk", "--kind", "tawk").contains("expected standard"))
        #expect(try await refusal("source", "add", "tawk").contains("--kind"))
        #expect(
            try await refusal("source", "add", "hjemmeside", "--kind", "standard").contains(
                "there is a source hjemmeside"))
        #expect(try await refusal("source", "rotate", "nobody").contains("there is no source nobody"))
        let list = try await daemon.command("source", "list", "--json").split(separator: "\n")
        let first = try #require(list.first { $0.contains(#""name":"hjemmeside""#) })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["name", "kind", "created_at", "rotated_at", "previous_until"])
        #expect(object["kind"] as? String == "standard" && object["rotated_at"] is NSNull)
        #expect(try await daemon.command("source", "list").contains("hjemmeside\tstandard\t"))
    }
}
