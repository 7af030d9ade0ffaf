import Foundation
import Postgres
import TestSupport
import Testing

extension APITests {
    @Suite("Who may read", .serialized)
    struct AccessTests {
        /// Every route behind the log-in, with ids that do not matter before it.
        static let paths = [
            "/v1/me", "/v1/leads", "/v1/leads/1", "/v1/companies", "/v1/companies/\(RunningAPI.companies[0])",
            "/v1/companies/\(RunningAPI.companies[0])/timeline", "/v1/messages", "/v1/messages/1", "/v1/messages/1/raw",
            "/v1/outbox", "/v1/outbox/1",
        ]

        @Test("a request without a valid token is answered 401 and told how to get one", arguments: paths)
        func unauthorized(_ path: String) async throws {
            let api = try RunningAPI.current()
            let token = api.token
            for authorization in [
                "", "Bearer", "Bearer ", "Bearer \(token)x", "Bearer brv_\(String(repeating: "A", count: 43))",
                "Basic \(token)", token, "Bearer \(String(repeating: "a", count: 10_000))", "Bearer æøå",
            ] {
                let answer = try await api.send(
                    "GET", path, token: .some(nil), headers: ["Authorization": authorization])
                try expectProblem(answer, 401, authorization)
                #expect(answer["WWW-Authenticate"] == "Bearer")
            }
            try expectProblem(try await api.send("GET", path, token: .some(nil)), 401)
        }

        @Test("the scheme's name is read in any case, as RFC 9110 section 11.1 says")
        func scheme() async throws {
            let api = try RunningAPI.current()
            let answer = try await api.send("GET", "/v1/me", headers: ["Authorization": "bEARER \(api.token)"])
            #expect(answer.status == 200)
            let me = try answer.object()
            #expect(me["email"] as? String == "mette@fjordtek.example" && me["role"] as? String == "sales")
        }

        @Test("a token that is past its time, and one of a person who was disabled, lets nobody in")
        func expired() async throws {
            let api = try RunningAPI.current()
            let token = try await api.newToken(role: "reader", email: "snart@fjordtek.example")
            #expect(try await api.send("GET", "/v1/me", token: token).status == 200)
            try await api.withDatabase { pool in
                _ = try await pool.query(
                    """
                    UPDATE brevdue.api_token SET expires_at = now() - interval '1 second'
                    WHERE user_id = (SELECT id FROM brevdue.app_user WHERE email = 'snart@fjordtek.example')
                    """)
                try expectProblem(try await api.send("GET", "/v1/me", token: token), 401, "expired")
                _ = try await pool.query(
                    """
                    UPDATE brevdue.api_token SET expires_at = now() + interval '1 hour'
                    WHERE user_id = (SELECT id FROM brevdue.app_user WHERE email = 'snart@fjordtek.example')
                    """)
                let again = try await api.send("GET", "/v1/me", token: token)
                #expect(again.status == 200)
                _ = try await pool.query(
                    "UPDATE brevdue.app_user SET disabled_at = now() WHERE email = 'snart@fjordtek.example'")
                try expectProblem(try await api.send("GET", "/v1/me", token: token), 401, "disabled")
            }
        }

        @Test("a partner sees what was granted, and everything else is as if it were not there")
        func partner() async throws {
            let api = try RunningAPI.current()
            let token = try await api.newToken(role: "partner", email: "partner@andre.example")
            let (granted, other) = (RunningAPI.companies[1], RunningAPI.companies[0])
            let lists = ["leads", "companies", "messages", "outbox"].map { "/v1/\($0)?limit=200" }
            for list in lists {
                let items = try await api.send("GET", list, token: token).object()["items"] as? [[String: Any]]
                #expect(items?.isEmpty == true, "\(list)")
            }
            try await api.withDatabase { pool in
                _ = try await pool.query(
                    """
                    INSERT INTO brevdue.company_grant (user_id, cvr)
                    SELECT id, \(granted) FROM brevdue.app_user WHERE email = 'partner@andre.example'
                    """)
            }
            for list in lists {
                let all = try await api.page(list).items
                let items = try await api.send("GET", list, token: token).object()["items"] as? [[String: Any]] ?? []
                #expect(!items.isEmpty && items.count < all.count, "\(list)")
                let seen = Set(items.compactMap { $0["id"] as? String })
                for item in all {
                    guard let id = item["id"] as? String, let kind = list.split(separator: "?").first else { continue }
                    let answer = try await api.send("GET", "\(kind)/\(id)", token: token)
                    #expect(answer.status == (seen.contains(id) ? 200 : 404), "\(kind)/\(id)")
                }
            }
            #expect(try await api.send("GET", "/v1/companies/\(granted)/timeline", token: token).status == 200)
            for path in ["", "/timeline"] {
                try expectProblem(try await api.send("GET", "/v1/companies/\(other)\(path)", token: token), 404)
            }
        }
    }
}
