import Foundation
import TestSupport
import Testing

extension APITests {
    @Suite("Advice and quotes of a lead", .serialized)
    struct AdviceRouteTests {
        /// The lead of the company with six mails, each of which made a version of its quote.
        private static func lead(_ api: RunningAPI) async throws -> [String: Any] {
            let leads = try await api.page("/v1/leads?limit=200").items
            return try #require(leads.first { $0["cvr"] as? String == RunningAPI.companies[0] })
        }

        @Test("a lead's quotes are all its versions, the newest first, and every quote is there by its id")
        func quotes() async throws {
            let api = try RunningAPI.current()
            let lead = try await Self.lead(api)
            let id = try #require(lead["id"] as? String)
            let quotes = try await api.page("/v1/leads/\(id)/quotes").items
            #expect(quotes.compactMap { $0["version"] as? Int } == [6, 5, 4, 3, 2, 1])
            #expect(Set(quotes.compactMap { $0["number"] as? String }).count == 1)
            #expect(quotes.compactMap { $0["state"] as? String }.filter { $0 == "draft" }.count == 1)
            let latest = try #require(lead["latest_quote"] as? [String: Any])
            #expect(latest["id"] as? String == quotes[0]["id"] as? String)
            for quote in quotes {
                let one = try await api.send("GET", "/v1/quotes/\(quote["id"] as? String ?? "")").object()
                #expect(NSDictionary(dictionary: one) == NSDictionary(dictionary: quote))
            }
            let (first, next) = try await api.page("/v1/leads/\(id)/quotes?limit=4")
            let rest = try await api.page("/v1/leads/\(id)/quotes?limit=4&cursor=\(try #require(next))")
            #expect(first.count == 4 && rest.items.count == 2 && rest.next == nil)
        }

        @Test("a quote's lines add up, and each stands on words of the message that it names")
        func lines() async throws {
            let api = try RunningAPI.current()
            let id = try #require(try await Self.lead(api)["id"] as? String)
            let quote = try #require(try await api.page("/v1/leads/\(id)/quotes").items.first)
            let lines = try #require(quote["lines"] as? [[String: Any]])
            #expect(lines.count > 3)
            let sum = lines.compactMap { $0["amount_ore"] as? Int }.reduce(0, +)
            #expect(sum == quote["subtotal_ore"] as? Int)
            #expect(sum + (quote["vat_ore"] as? Int ?? 0) == quote["total_ore"] as? Int)
            let totals = try #require(quote["totals"] as? [[String: Any]])
            #expect(totals.compactMap { $0["subtotal_ore"] as? Int }.reduce(0, +) == sum)
            for words in lines.flatMap({ $0["evidence"] as? [[String: Any]] ?? [] }) {
                let message = try await api.send("GET", "/v1/messages/\(words["message_id"] as? String ?? "")").object()
                let texts = [message["text"], message["subject"]].compactMap { $0 as? String }
                #expect(texts.contains { $0.contains(words["text"] as? String ?? "?") })
            }
            for question in quote["questions"] as? [[String: Any]] ?? [] {
                #expect(question["text"] is String && question["rule"] is String && question["effect"] != nil)
            }
        }

        @Test("a lead's advice is that on its newest message")
        func recommendations() async throws {
            let api = try RunningAPI.current()
            let lead = try await Self.lead(api)
            let id = try #require(lead["id"] as? String)
            let (items, next) = try await api.page("/v1/leads/\(id)/recommendations?limit=200")
            #expect(items.count > 3 && next == nil)
            let rules = items.compactMap { $0["rule"] as? String }
            #expect(Set(rules).count == rules.count, "nothing is advised twice")
            let priorities = items.compactMap { $0["priority"] as? Int }
            #expect(priorities == priorities.sorted())
            let step = items.first { $0["kind"] as? String == "step" }
            #expect(step?["action"] as? String == lead["next_step"] as? String && step?["due_on"] is String)
        }

        @Test("a partner sees neither advice nor quotes of a company that was not granted")
        func partner() async throws {
            let api = try RunningAPI.current()
            let id = try #require(try await Self.lead(api)["id"] as? String)
            let quote = try #require(try await api.page("/v1/leads/\(id)/quotes").items.first?["id"] as? String)
            let token = try await api.newToken(role: "partner", email: "advice@partner.example")
            for path in ["leads/\(id)/recommendations", "leads/\(id)/quotes", "quotes/\(quote)"] {
                let answer = try await api.send("GET", "/v1/\(path)", token: .some(token))
                try expectProblem(answer, 404, path)
            }
        }
    }
}
