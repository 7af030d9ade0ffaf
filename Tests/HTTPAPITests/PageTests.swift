import Foundation
import TestSupport
import Testing

extension APITests {
    @Suite("Pages of lists", .serialized)
    struct PageTests {
        static let lists = [
            "/v1/leads", "/v1/companies", "/v1/messages", "/v1/outbox",
            "/v1/companies/\(RunningAPI.companies[0])/timeline",
        ]

        @Test(
            "cursors lead through every item once, in the order of the whole list", arguments: lists, [1, 2, 3, 5, 200])
        func walk(_ list: String, _ limit: Int) async throws {
            let api = try RunningAPI.current()
            let whole = try await api.page("\(list)?limit=200")
            #expect(whole.items.count >= 6 && whole.next == nil)
            var walked: [[String: Any]] = []
            var path: String? = "\(list)?limit=\(limit)"
            while let next = path, walked.count <= whole.items.count {
                let page = try await api.page(next)
                #expect(page.items.count == min(limit, whole.items.count - walked.count))
                walked += page.items
                path = page.next.map { "\(list)?limit=\(limit)&cursor=\($0)" }
            }
            #expect(walked.map { NSDictionary(dictionary: $0) } == whole.items.map { NSDictionary(dictionary: $0) })
        }

        @Test("a cursor that is none of ours is answered 400", arguments: lists)
        func badCursor(_ list: String) async throws {
            let api = try RunningAPI.current()
            let page = try await api.page("\(list)?limit=1")
            let good = try #require(page.next)
            #expect(try await api.send("GET", "\(list)?cursor=\(good)").status == 200)
            for cursor in [
                "", "x", "-", ".", "\(good).", ".\(good)", "\(good).1", "\(good)x", "x.\(good)", "\(good).x", "1.x.2.3",
                "1..2..3", "%20\(good)", "+\(good)", "9223372036854775808", "9223372036854775808.1", "\(good)%00",
                String(repeating: "1", count: 4000),
            ] {
                try expectProblem(
                    try await api.send("GET", "\(list)?cursor=\(cursor)"), 400, "\(list) \(cursor.prefix(40))")
            }
        }

        @Test("a limit that is no number from 1 to 200 is answered 400", arguments: lists)
        func badLimit(_ list: String) async throws {
            let api = try RunningAPI.current()
            for limit in ["0", "-1", "201", "x", "", "1.0", "99999999999999999999"] {
                try expectProblem(try await api.send("GET", "\(list)?limit=\(limit)"), 400, "\(list) \(limit)")
            }
        }
    }
}
