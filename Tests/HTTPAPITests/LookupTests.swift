import Foundation
import TestSupport
import Testing

extension APITests {
    @Suite("What there is and what there is not", .serialized)
    struct LookupTests {
        @Test(
            "an id that is unknown, malformed or no number is not found",
            arguments: [
                "999999", "0", "-1", "abc", "1x", "%201", "1.5", "9223372036854775807", "9223372036854775808",
                "99999999999999999999999999", "%00", "%C3%A6", "..%2F1", "1%3B%20DROP%20TABLE", "%27",
            ])
        func unknown(_ id: String) async throws {
            let api = try RunningAPI.current()
            for path in [
                "leads/\(id)", "messages/\(id)", "messages/\(id)/raw", "outbox/\(id)", "companies/\(id)",
                "companies/\(id)/timeline", "leads/\(id)/recommendations", "leads/\(id)/quotes", "quotes/\(id)",
            ] {
                try expectProblem(try await api.send("GET", "/v1/\(path)"), 404, path)
            }
        }

        @Test("a company number that is right but unknown, and one that is wrong, are not found")
        func unknownCompany() async throws {
            let api = try RunningAPI.current()
            for cvr in [SampleMail.cvr(777), "12345678", "00000000", "123456789"] {
                try expectProblem(try await api.send("GET", "/v1/companies/\(cvr)"), 404, cvr)
                try expectProblem(try await api.send("GET", "/v1/companies/\(cvr)/timeline"), 404, cvr)
            }
        }

        @Test(
            "a route that does not exist is not found",
            arguments: ["/", "/v1", "/v1/", "/v1/nothing", "/v2/leads", "/..", "//"])
        func unknownRoute(_ path: String) async throws {
            try expectProblem(try await RunningAPI.current().send("GET", path), 404, path)
        }

        @Test("every object of a list is there by its id too, and is the same")
        func byID() async throws {
            let api = try RunningAPI.current()
            for (kind, key) in [("leads", "id"), ("messages", "id"), ("outbox", "id"), ("companies", "cvr")] {
                let items = try await api.page("/v1/\(kind)?limit=200").items
                #expect(items.count > 5, "\(kind)")
                for item in items {
                    let id = try #require(item[key] as? String)
                    let one = try await api.send("GET", "/v1/\(kind)/\(id)").object()
                    #expect(NSDictionary(dictionary: one) == NSDictionary(dictionary: item), "\(kind)/\(id)")
                }
            }
        }

        @Test("a message's raw octets are those that were sent, small and above 1 MiB")
        func raw() async throws {
            let api = try RunningAPI.current()
            var found: [[UInt8]] = []
            for message in try await api.page("/v1/messages?limit=200").items {
                let id = try #require(message["id"] as? String)
                let answer = try await api.send("GET", "/v1/messages/\(id)/raw")
                #expect(answer.status == 200 && answer["Content-Type"] == "message/rfc822")
                #expect(answer["Content-Disposition"] == "attachment; filename=\"message-\(id).eml\"")
                found.append(answer.octets)
            }
            #expect(Set(found) == Set(RunningAPI.mails))
        }

        @Test("lists narrow down to what is asked for, and take anything for a question")
        func filters() async throws {
            let api = try RunningAPI.current()
            let cvr = RunningAPI.companies[0]
            let ofCompany = try await api.page("/v1/messages?limit=200&cvr=\(cvr)").items
            #expect(ofCompany.count == 6 && ofCompany.allSatisfy { $0["cvr"] as? String == cvr })
            let one = try await api.page("/v1/messages?message_id=%3Ca.7%40fjordtek.example%3E").items
            #expect(one.count == 1 && one[0]["message_id"] as? String == "<a.7@fjordtek.example>")
            #expect(
                try await api.page("/v1/companies?query=\(cvr.prefix(5))&limit=200").items.contains {
                    $0["cvr"] as? String == cvr
                })
            for question in ["cvr=%27", "state=x", "message_id=%00", "cvr=", "message_id=%25", "state=done%27--"] {
                _ = try await api.page("/v1/messages?\(question)")
            }
            for query in ["%25", "_", "%5C", "%00", "%27", String(repeating: "a", count: 5000)] {
                #expect(try await api.page("/v1/companies?query=\(query)&limit=1").items.count <= 1)
            }
        }
    }
}
